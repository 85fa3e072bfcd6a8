import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module.js'

async function bootstrap() {
  // rawBody keeps the raw bytes, which Gallabox signs, when Nest parses the body.
  const app = await NestFactory.create(AppModule, { rawBody: true })
  await app.listen(process.env.PORT ?? 3000)
}
void bootstrap()
