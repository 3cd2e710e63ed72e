import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../../config/secrets.js';

const PURPOSE = 'form-nonce';
const RANDOM_BYTES = 16;
const MAC_BYTES = 16;
const NONCE = /^[A-Za-z0-9_-]{43}$/;

/** Makes and checks the nonce in each form, so that sending a form twice makes one job. */
@Injectable()
export class FormNonces {
  constructor(private readonly secrets: Secrets) {}

  /** @returns a new nonce, 43 characters of base64url */
  make(): string {
    const random = randomBytes(RANDOM_BYTES);
    return Buffer.concat([random, macOf(this.secrets.current(PURPOSE), random)]).toString('base64url');
  }

  /** Whether `nonce` is genuine. */
  isOurs(nonce: unknown): nonce is string {
    if (typeof nonce !== 'string' || !NONCE.test(nonce)) return false;
    const bytes = Buffer.from(nonce, 'base64url');
    const [random, mac] = [bytes.subarray(0, RANDOM_BYTES), bytes.subarray(RANDOM_BYTES)];
    return this.secrets.all(PURPOSE).some((key) => timingSafeEqual(macOf(key, random), mac));
  }
}

function macOf(key: Buffer, random: Buffer): Buffer {
  return createHmac('sha256', key).update(random).digest().subarray(0, MAC_BYTES);
}
