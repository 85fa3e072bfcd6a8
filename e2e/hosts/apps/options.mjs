/**
 * What every host is given.
 *
 * @type {import('gallabox-webhooks').ReceiverOptions}
 */
export const options = {
  // A function, because a build loads this module without secrets.
  secret: () => process.env.GALLABOX_WEBHOOK_SECRET,
  onEvent(event) {
    if (Object(event.data).fails) throw new Error('This handler fails on purpose.')
    console.log(`handled ${event.type}`)
  },
}
