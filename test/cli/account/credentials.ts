// With characters that are special in regular expressions, headers and JSON.
export const env = { GALLABOX_API_KEY: 'Key.64f0c1a2+b3d4', GALLABOX_API_SECRET: 'Sec"$[9]\\zQ=' }
