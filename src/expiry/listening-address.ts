import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';

/** Addresses that mean «every interface»: nothing that a browser could open. */
const EVERY_INTERFACE = new Set(['0.0.0.0', '::', '']);

/** Where people reach this service: PUBLIC_URL, else the address it listens on. */
@Injectable()
export class ListeningAddress {
  private port: number;

  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'publicUrl' | 'host' | 'port'>,
  ) {
    this.port = settings.port;
  }

  /** Says which port was really taken, where PORT is 0. */
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
