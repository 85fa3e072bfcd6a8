import delivery from '../vectors/delivery.json' with { type: 'json' }
import hostileSignature from '../vectors/hostile-signature.json' with { type: 'json' }
import signature from '../vectors/signature.json' with { type: 'json' }

export const vectors = [...signature, ...hostileSignature, ...delivery]
