import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';

/** Addresses for all interfaces, which a browser cannot open. */
const EVERY_INTERFACE = new Set(['0.0.0.0', '::', '']);

/** The address of this service for people: PUBLIC_URL, else the address it listens on. */
@Injectable()
export class ListeningAddress {
  private port: number;

  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'publicUrl' | 'host' | 'port'>,
  ) {
    this.port = settings.port;
  }

  /** Sets the actual port, if PORT is 0. */
  listensOn(port: number): void {
    this.port = port;
  }

  /** @returns the beginning of every link, without a trailing slash, e.g. `http://localhost:3000` */
  baseUrl(): string {
    return this.settings.publicUrl ?? `http://${hostOf(this.settings.host)}:${this.port}`;
  }
}

function hostOf(host: string): string {
  if (EVERY_INTERFACE.has(host) || host === '127.0.0.1' || host === '::1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
