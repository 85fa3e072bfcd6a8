// TS2578
// @ts-expect-error Nothing is wrong here, and that is what is wrong.
export const fine = 1
