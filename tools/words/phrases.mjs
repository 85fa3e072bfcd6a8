// The rules of check-phrases.mjs. Keys are regular expressions without regard to case; a space matches any whitespace.

/** Each forbidden phrase, with what to write in its place. */
export const phrases = {
  // Plain English: no literary words.
  whoever: 'anyone who, the caller, the attacker',
  'hears?|hear of|heard': 'is called with, receives',
  'honest|honestly': 'legitimately, or delete it',
  '(?<!must not )(?:knows?|knew|believes?|patient|patiently)':
    'what the code does: contains, checks, reads, needs, waits',
  'mends?|mended|mending': 'fix, repair',
  'in vain': 'what failed, or "without effect"',
  'unless told': '"Default: …"',
  'cannot be had': 'is already in use, is not available',
  'so much as': 'even',
  'as often as': 'each time',
  besides: 'also, in addition',
  lest: 'so that … not',
  'must not know': 'delete it: a constraint is a test',
  'so that nobody': 'what it prevents',
  '(?:harms?|helps?|asked|asks|wants?) nobody|nobody (?:asked|wants|needs|hears|sees)': 'what happens instead',
  'told apart|tells? apart': 'distinguish, parse into',
  'not to be told': 'skipped',
  'called wrongly': 'usage error',
  'is there twice|are there twice': 'is a duplicate',
  'learns? (?:why|nothing|everything)|learn(?:s|ed)? of': 'get no details, log the reason',

  // The platform's nouns.
  '(?<!there )(?:is|was|are|were) none': 'is not a …, there is no …, is invalid',
  '(?<!there )(?:is|was) no (?:text|string|event|number|list|secret|function|object|array|address|name|URL|JSON|port|promise|integer|header|word|type|error|file|folder|Node\\.js|UTF-8|digest|key)':
    'must be a …, is not a …, is invalid',
  'a text(?! (?:message|file|node|frame|encoding|part|editor|field|body|header|area|log))|the text or|texts': 'string',
  'white space': 'whitespace',
  'spell|spells|spelled|spelt|spellings?': 'encode, encoding; write, letter case',

  // The glossary.
  'genuine|genuinely|authentic|proved|proven': 'verified, valid',
  'strangers?': 'attacker, sender',
  'turn(?:s|ed)? away': 'reject',
  '(?<!(?:quick|automatic|auto|button|list)[ -])(?:reply|replies|replied|replying)|answers?|answered|answering':
    'response, respond',
  'verdicts?|fates?': 'outcome',
  'tell-tales?|telltales?': 'finding, check',
  'advice|advise[sd]?': 'hint',
  'the walk|walks? (?:through|over)|the way of a delivery': 'pipeline, the request lifecycle; go through',
}

/** The files that are checked. */
export const checked = [
  ...['src', 'test', 'tools', 'examples', 'e2e', 'bench', 'docs', '.ci', '.github'].map((folder) => `${folder}/**/*`),
  ...['*.md', '*.txt', '*.ts'],
]

/** The files that are not checked. */
export const unchecked = [
  // These quote the phrases.
  'tools/words/phrases.mjs',
  // Generated: their sources are checked.
  ...['docs/reference/api', 'llms.txt', 'test/vectors/*.json', '**/package-lock.json', '**/*.tsbuildinfo'],
]

// Customers answer the questions of a Flow and reply to messages.
const conversation = /\b(answers?|answered|reply|replies|replied)\b/gi

const verdict = /\bverdict\b/gi

/** Hits that are right: a file, or a folder that ends with a slash, and the words that contain the phrase. */
export const allowed = [
  { file: 'src/events/', text: conversation },
  { file: 'src/testing/samples/', text: conversation },
  { file: 'test/events/', text: conversation },
  { file: 'tools/docs/events', text: conversation },
  { file: 'docs/reference/events/', text: conversation },
  // The result of a whole report, of doctor and account. A delivery has an outcome.
  { file: 'src/cli/commands/', text: verdict },
  { file: 'test/cli/', text: verdict },
  { file: 'tools/docs/', text: verdict },
  { file: 'docs/reference/commands/', text: verdict },
  // Fastify's own name for the object.
  { file: 'src/adapters/fastify.ts', text: /a Fastify reply\b/g },
  // Python.
  { file: 'tools/vectors/deliveries.py', text: /name is None/g },
  { file: 'test/other-languages/right.py', text: /body is None/g },
]
