// Sets whose package it is: npm run set-repository -- https://github.com/OWNER/REPO [--homepage URL]
// Writes repository, homepage and bugs into package.json, and the security contact into the issue chooser.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseRepository, readManifest, withRepository, writeManifest } from './manifest.mjs'

function parseHomepage(address) {
  if (address === undefined || (URL.canParse(address) && new URL(address).protocol === 'https:')) return address
  throw new TypeError('homepage: must be an https URL. Pass the whole URL.')
}

function createIssueChooser(url) {
  return `blank_issues_enabled: false
contact_links:
  - name: Report a vulnerability
    url: ${url}/security/advisories/new
    about: Report it privately. Do not open an issue.
`
}

try {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { homepage: { type: 'string' } } })
  const url = parseRepository(positionals[0])
  writeManifest(withRepository(readManifest(), url, parseHomepage(values.homepage)))
  writeFileSync('.github/ISSUE_TEMPLATE/config.yml', createIssueChooser(url))
  console.log(`package.json: repository is ${url}.`)
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}
