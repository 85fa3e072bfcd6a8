// The entry of checker.html, which is built as one file.
import { type Example, startChecker } from './checker.js'

declare const EXAMPLE: Example

startChecker(document.body, EXAMPLE)
