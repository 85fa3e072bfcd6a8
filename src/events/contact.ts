// The bodies of the four Contact events.
import type { Actor, FormattedPhone, OpenString, Tag, User } from './shared.js'

/** A contact as Contact.Created, Contact.Updated and the `contact` of Contact.Tag.Mapped describe it. */
export interface Contact {
  readonly id?: string | null | undefined
  readonly accountId?: string | null | undefined
  readonly name?: string | null | undefined
  readonly email?: readonly string[] | null | undefined
  /** With "+" on Contact.Created and Contact.Updated, and there alone; everywhere else digits only. */
  readonly phone?: readonly string[] | null | undefined
  readonly formattedPhone?: readonly FormattedPhone[] | null | undefined
  readonly tags?: readonly Tag[] | null | undefined
  readonly fieldValues?: readonly FieldValue[] | null | undefined
  /** Custom fields by name. */
  readonly fieldValuesCompact?: Readonly<Record<string, string | number>> | null | undefined
  /** Custom fields by key, in whatever type they have. */
  readonly fieldValuesKV?: Readonly<Record<string, unknown>> | null | undefined
  /** Id of the user who made the contact. */
  readonly creatorId?: string | null | undefined
  readonly messageOptIn?: boolean | null | undefined
  readonly marketingOptIn?: boolean | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt?: string | null | undefined
  /** ISO 8601, UTC, with milliseconds. */
  readonly updatedAt?: string | null | undefined
  /** Only null was ever seen. */
  readonly company?: unknown
}

/** Body of Contact.Created: a contact was made. */
export interface ContactCreated extends Contact {
  /** The contact's id. */
  readonly id: string
  readonly accountId: string
  readonly name: string
  /** Never here: its presence would say that the body belongs to a tag event. */
  readonly contactId?: never
}

/** Body of Contact.Updated: a contact was changed. */
export interface ContactUpdated extends ContactCreated {
  readonly account?: ContactAccount | null | undefined
  readonly creator?: User | null | undefined
  /** Only an empty list was ever seen. */
  readonly blockedContacts?: readonly unknown[] | null | undefined
  /** Only null was ever seen. */
  readonly contactOwner?: unknown
}

/** The account that a contact belongs to. */
export interface ContactAccount {
  readonly id?: string | null | undefined
  readonly name?: string | null | undefined
}

/** Body of Contact.Tag.Mapped: a tag was put on a contact. */
export interface ContactTagMapped {
  /** The tag's id, not the contact's. */
  readonly id: string
  readonly contactId: string
  readonly accountId: string
  /** The tag's name. */
  readonly name: string
  /** The whole contact. Its phones have no "+". */
  readonly contact?: TaggedContact | null | undefined
  readonly actor?: Actor | null | undefined
  /** Never here: Contact.Tag.Unmapped has it, and so the two are told apart. */
  readonly tagId?: never
}

/** A contact as the database has it. */
export interface TaggedContact extends Contact {
  readonly _id?: string | null | undefined
  readonly __v?: number | null | undefined
}

/** Body of Contact.Tag.Unmapped: a tag was taken off a contact. It has neither the contact nor who did it. */
export interface ContactTagUnmapped {
  /** The tag's id, the same as `tagId`. */
  readonly id: string
  readonly tagId: string
  readonly contactId: string
  readonly accountId: string
  /** The tag's name. */
  readonly name: string
}

/** The value of a custom field. Which of the `value…` members is set depends on `type`. */
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

/** How a custom field is shown and what it admits. */
export interface FieldConfig {
  readonly type?: OpenString<'DATE' | 'MULTI_SELECT' | 'NUMBER' | 'TEXT'> | null | undefined
  readonly label?: string | null | undefined
  readonly options?: readonly string[] | null | undefined
  readonly hint?: string | null | undefined
}
