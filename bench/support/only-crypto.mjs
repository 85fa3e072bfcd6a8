// The baseline of the start-up benchmark: a module that only loads node:crypto.
import 'node:crypto'
