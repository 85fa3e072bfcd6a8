// The page that a diagnosis points to is what the sources make.
import { expect, test } from 'vitest'
import { createWhy401Page } from '../docs/generate/why-401.js'

test('the committed page is what the sources make: npm run generate writes it', async () => {
  await expect(createWhy401Page()).toMatchFileSnapshot('../docs/why-401.md')
})
