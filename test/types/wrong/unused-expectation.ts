// TS2578
// @ts-expect-error This line has no error, which is the error.
export const fine = 1
