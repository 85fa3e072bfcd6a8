/** One of the known values, or another string: Gallabox adds values without notice. */
export type OpenString<Known extends string> = Known | (string & {})

/** A payload that Gallabox does not document: any JSON object. */
export interface JsonObject {
  readonly [member: string]: unknown
}

/** A label on a contact or a conversation. */
export interface Tag {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
}

/** A phone number in two parts, digits only, without "+". */
export interface FormattedPhone {
  /** Country calling code, such as `"91"`. */
  readonly countryCode?: string | null | undefined
  /** National number, such as `"9876543210"`. */
  readonly phoneNumber?: string | null | undefined
}

/** A member of the team in Gallabox. */
export interface User {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
  readonly email?: string | null | undefined
  /** URL of the picture. */
  readonly picture?: string | null | undefined
  readonly _id?: string | null | undefined
}

/** Who did something, and through what. */
export interface Actor {
  readonly id?: string | null | undefined
  readonly type?: OpenString<'user'> | null | undefined
  readonly source?: OpenString<'app'> | null | undefined
}
