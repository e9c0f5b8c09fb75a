/** Requests to the gateway. Every failure ends as one `ApiError`, so callers know whether trying again can help. */

import type { History, Session } from './types'

const PATIENCE_MS = 20_000

export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly retryAfter = 0, readonly code = '') {
    super(message)
  }

  /** The same request may succeed later: no connection, a busy or a restarting server. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }

  get lapsed(): boolean {
    return this.code === 'past_choice'
  }

  get sessionEnded(): boolean {
    return this.status === 401
  }
}

async function request<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const control = new AbortController()
  const timer = setTimeout(() => control.abort(), PATIENCE_MS)
  try {
    const response = await fetch(`/chat/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: control.signal,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const data: unknown = await response.json().catch(() => ({}))
    if (!response.ok) throw refusal(response, data)
    return data as T
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0, '')
  } finally {
    clearTimeout(timer)
  }
}

/** Only what was worded for a patient is shown to one; the rest speaks to developers. */
function refusal(response: Response, data: unknown): ApiError {
  const { code = '', message = '', remedy = '' } = (data as { error?: Partial<Record<'code' | 'message' | 'remedy', string>> }).error ?? {}
  const isForPatients = response.status === 429 || response.status >= 500 || code === 'too_long' || code === 'past_choice'
  return new ApiError(response.status, isForPatients ? `${message} ${remedy}`.trim() : '', Number(response.headers.get('Retry-After')) || 0, code)
}

export type Outgoing = { client_id: string } & ({ text: string } | { choice: string })

export const api = {
  session: () => request<Session>('POST', 'session', {}),
  history: () => request<History>('GET', 'history'),
  send: (message: Outgoing) => request<{ id: number }>('POST', 'messages', message),
  feedback: (message: number, helpful: boolean) => request('POST', 'feedback', { id: message, helpful }),
  reset: () => request('POST', 'reset', {}),
  aboutData: () => request<unknown>('GET', 'about-data'),
  summaryTicket: () => request<{ ticket: string }>('POST', 'summary/ticket', {}),
  erase: () => request('POST', 'erase', {}),
}
