// The baseline: a file that does not import the library.
export const nothing = 0
