/** What crosses the wire between the gateway and the panel. */

export type Kind =
  | 'answer' | 'not_covered' | 'question' | 'outcome' | 'emergency'
  | 'contact' | 'chitchat' | 'clarify' | 'apology'

export interface Choice { id: string; title: string }
export interface Source { id: string; section: string }
export interface Note { text: string; source: string; url: string }

export interface Reply {
  kind: Kind
  text: string
  consult_first: string
  topic?: string | null
  sources?: Source[]
  buttons?: Choice[]
  tier?: string | null
  notes?: Note[]
  progress?: { step: number; of: number } | null
}

/** Ids grow within a conversation, so their order is the order of the log. */
export type MessageId = number

export interface StoredMessage {
  id: MessageId
  from: 'patient' | 'bot'
  at: string
  client_id?: string | null
  text?: string | null
  reply?: Reply | null
  helpful?: boolean | null
}

export interface ReplyEvent { id: MessageId; at: string; in_reply_to?: MessageId | null; reply: Reply }
export interface AcceptedEvent { client_id: string; id: MessageId; text?: string | null; at?: string }

export interface Notice { text: string }

export interface Conversation { started?: string | null; resumed?: boolean }

export interface Session { conversation?: Conversation; notice?: Notice | string | null }

export interface History { messages: StoredMessage[]; conversation?: Conversation }
