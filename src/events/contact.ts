import type { Actor, FormattedPhone, OpenString, Tag, User } from './shared.js'

/** A contact, as in Contact.Created, Contact.Updated and the `contact` of Contact.Tag.Mapped. */
export interface Contact {
  readonly id?: string | null | undefined
  readonly accountId?: string | null | undefined
  readonly name?: string | null | undefined
  readonly email?: readonly string[] | null | undefined
  /** With "+" on Contact.Created and Contact.Updated. Digits only everywhere else. Missing for some channels. */
  readonly phone?: readonly string[] | null | undefined
  readonly formattedPhone?: readonly FormattedPhone[] | null | undefined
  readonly tags?: readonly Tag[] | null | undefined
  readonly fieldValues?: readonly FieldValue[] | null | undefined
  /** Custom fields by name. */
  readonly fieldValuesCompact?: Readonly<Record<string, string | number>> | null | undefined
  /** Custom fields by key, with values of any type. */
  readonly fieldValuesKV?: Readonly<Record<string, unknown>> | null | undefined
  /** Id of the user who created the contact. */
  readonly creatorId?: string | null | undefined
  readonly messageOptIn?: boolean | null | undefined
  readonly marketingOptIn?: boolean | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly updatedAt?: string | null | undefined
  /** Always null in the known payloads. */
  readonly company?: unknown
  /** The contact on WhatsApp, one entry per channel. Documented for the REST API, not for events. */
  readonly whatsapp?: readonly ContactWhatsApp[] | null | undefined
  /** Documented for the REST API, not for events. */
  readonly lastConversationId?: string | null | undefined
  /** Documented for the REST API, not for events. */
  readonly lastConversations?: readonly unknown[] | null | undefined
}

/** A contact on one WhatsApp channel. */
export interface ContactWhatsApp {
  readonly channelId?: string | null | undefined
  /** Digits without "+". */
  readonly phone?: string | null | undefined
  readonly waId?: string | null | undefined
  readonly status?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly verifiedAt?: string | null | undefined
  readonly verifiedSource?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly lastInboundMessageTime?: string | null | undefined
  readonly isBlocked?: boolean | null | undefined
}

/** Payload of `Contact.Created`. */
export interface ContactCreated extends Contact {
  /** The contact's id. */
  readonly id: string
  readonly accountId: string
  readonly name: string
  /** Must be absent: only tag events have it. */
  readonly contactId?: never
}

/** Payload of `Contact.Updated`. */
export interface ContactUpdated extends ContactCreated {
  readonly account?: ContactAccount | null | undefined
  readonly creator?: User | null | undefined
  /** Always empty in the known payloads. */
  readonly blockedContacts?: readonly unknown[] | null | undefined
  /** Always null in the known payloads. */
  readonly contactOwner?: unknown
}

/** The account of a contact. */
export interface ContactAccount {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
}

/** Payload of `Contact.Tag.Mapped`. `name` is the tag's, and `contact` is the whole contact. */
export interface ContactTagMapped {
  /** The tag's id, not the contact's. */
  readonly id: string
  readonly contactId: string
  readonly accountId: string
  /** The tag's name. */
  readonly name: string
  /** The whole contact. Its phone numbers have no "+". */
  readonly contact?: TaggedContact | null | undefined
  readonly actor?: Actor | null | undefined
  /** Must be absent: it distinguishes Contact.Tag.Unmapped. */
  readonly tagId?: never
}

/** A contact with its database fields. */
export interface TaggedContact extends Contact {
  readonly _id?: string | null | undefined
  readonly __v?: number | null | undefined
}

/** Payload of `Contact.Tag.Unmapped`. `name` is the tag's. It has no `contact` and no `actor`. */
export interface ContactTagUnmapped {
  /** The tag's id. Equals `tagId`. */
  readonly id: string
  readonly tagId: string
  readonly contactId: string
  readonly accountId: string
  /** The tag's name. */
  readonly name: string
}

/** The value of a custom field. `type` decides which of the `value…` members is set. */
export interface FieldValue {
  readonly fieldId?: string | null | undefined
  readonly type?: OpenString<'DATE' | 'MULTI_SELECT' | 'NUMBER' | 'TEXT'> | null | undefined
  readonly value?: unknown
  readonly valueDate?: string | null | undefined
  readonly valueArray?: readonly string[] | null | undefined
  readonly valueNumber?: number | null | undefined
  readonly valueString?: string | null | undefined
  readonly field?: FieldDefinition | null | undefined
}

/** The definition of a custom field. */
export interface FieldDefinition {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
  readonly scope?: OpenString<'CONTACT'> | null | undefined
  readonly config?: FieldConfig | null | undefined
  readonly isPrimary?: boolean | null | undefined
  readonly isMandatory?: boolean | null | undefined
  readonly isActive?: boolean | null | undefined
  readonly isDelete?: boolean | null | undefined
  readonly sortOrder?: number | null | undefined
  readonly accountId?: string | null | undefined
  readonly creatorId?: string | null | undefined
  readonly fieldCollectionId?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly updatedAt?: string | null | undefined
}

/** The label and the options of a custom field. */
export interface FieldConfig {
  readonly type?: OpenString<'DATE' | 'MULTI_SELECT' | 'NUMBER' | 'TEXT'> | null | undefined
  readonly label?: string | null | undefined
  readonly options?: readonly string[] | null | undefined
  readonly hint?: string | null | undefined
}
