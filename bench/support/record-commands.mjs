// Records what a store sends through its client, so that the same commands can be sent without the store.

/** Returns the client with every call of its methods `names` added to `calls`. */
export function recordCalls(client, names, calls) {
  return new Proxy(client, {
    get(target, name) {
      const member = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      if (!names.includes(name)) return member.bind(target)
      return (...args) => {
        calls.push([name, args])
        return member.apply(target, args)
      }
    },
  })
}

/** Returns a function that sends recorded calls again, with other strings in place of those in `recorded`. */
export function replayCalls(client, calls, recorded) {
  const makers = calls.map(([name, args]) => [name, args.map((arg) => makerOf(arg, recorded))])
  return async (strings) => {
    let result
    for (const [name, args] of makers) result = await client[name](...args.map((make) => make(strings)))
    return result
  }
}

/** Returns a function that makes a copy of a value, with other strings. */
function makerOf(value, recorded) {
  if (typeof value === 'string') {
    const index = recorded.findIndex((text) => value.endsWith(text))
    if (index < 0) return () => value
    const prefix = value.slice(0, -recorded[index].length)
    return (strings) => prefix + strings[index]
  }
  if (Array.isArray(value)) {
    const makers = value.map((element) => makerOf(element, recorded))
    return (strings) => makers.map((make) => make(strings))
  }
  if (typeof value !== 'object' || value === null) return () => value
  const makers = Object.entries(value).map(([name, member]) => [name, makerOf(member, recorded)])
  return (strings) => Object.fromEntries(makers.map(([name, make]) => [name, make(strings)]))
}
