// What the compiler does without the library.
export const nothing = 0
