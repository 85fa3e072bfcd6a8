// npm runs this before it publishes. The registry rejects provenance without the right repository (E422).
import { readManifest, repositoryUrl } from './manifest.mjs'

const manifest = readManifest()
const missing = ['repository', 'homepage', 'bugs'].find((field) => manifest[field] === undefined)
const url = repositoryUrl(manifest)
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env
const builtFrom = GITHUB_REPOSITORY && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`

if (missing) {
  fail(`package.json: ${missing} is missing. Run npm run set-repository -- https://github.com/OWNER/REPO.`)
} else if (builtFrom && builtFrom !== url) {
  fail(
    `package.json: repository is ${url}, but this workflow runs in ${builtFrom}. Run npm run set-repository -- ${builtFrom}.`,
  )
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
}
