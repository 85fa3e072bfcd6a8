// A module that does nothing but load node:crypto: what start-up is compared with.
// It must not do more.
import 'node:crypto'
