export default [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  'strapi::cors',
  'strapi::poweredBy',
  'strapi::query',
  // Above strapi::body. Gallabox signs the raw bytes, not the parsed JSON.
  'global::gallabox',
  'strapi::body',
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
]
