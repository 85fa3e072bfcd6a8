// Rewrites the relative links of packed Markdown, whose targets are mostly not in the package.
import { posix } from 'node:path'

// Code, which stays as it is, or a link: "!", text, target and title. The text may contain code and an image.
const token =
  /^( *)(`{3,}).*?^\1\2`*[^\S\n]*$|`+[^`]+`+|(?<image>!?)\[(?<text>(?:`[^`]*`|!\[[^\]]*\]\([^)]*\)|[^\]`])*)\]\((?<target>[^()\s]+)(?<title>\s+"[^"]*")?\)/gms

/**
 * Makes relative links absolute if the repository's URL is given. Otherwise it removes the links to files that are not
 * packed and leaves their text.
 */
export function rewriteLinks(markdown, { page, repository, isPacked }) {
  return markdown.replace(token, (match, ...rest) => {
    const { image, text, target, title = '' } = rest.at(-1)
    if (target === undefined) return match
    const label = rewriteLinks(text, { page, repository, isPacked })
    const path = resolveLink(page, target)
    if (path === undefined || (!repository && isPacked(path.split('#')[0])))
      return `${image}[${label}](${target}${title})`
    return repository ? `${image}[${label}](${repository}/${image ? 'raw' : 'blob'}/HEAD/${path}${title})` : label
  })
}

/** Returns the path in the repository that a relative link points to, or undefined for any other link. */
function resolveLink(page, target) {
  if (/^([a-z][a-z0-9+.-]*:|#|\/)/i.test(target)) return undefined
  return posix.join(posix.dirname(page), target)
}
