// The migration of the guide for Cloudflare Pages. e2e/examples applies it and starts the function.
import { createTableSql } from 'gallabox-webhooks/sql'
import { expect, test } from 'vitest'
import { read } from '../../tools/docs/pages.js'

test('the migration for D1 creates the table of sqlStore', () => {
  expect(read('examples/cloudflare-pages/migrations/0001_gallabox_deliveries.sql')).toBe(createTableSql('sqlite'))
})
