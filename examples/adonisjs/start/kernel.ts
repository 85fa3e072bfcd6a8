import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

// Server middleware runs before the router's body parser. Gallabox signs the raw bytes, not the parsed JSON.
server.use([() => import('#middleware/gallabox_middleware')])

router.use([() => import('@adonisjs/core/bodyparser_middleware')])
