import { Module } from '@nestjs/common'
import { GallaboxModule } from './gallabox.module.js'

@Module({ imports: [GallaboxModule] })
export class AppModule {}
