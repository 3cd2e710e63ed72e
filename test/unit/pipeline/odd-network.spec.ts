import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ImageOutcome, ImageRecord } from '../../../src/jobs/image-record.js';
import { REFUSED_KINDS } from '../../../src/network/public-address.js';
import { rejectionOf } from '../../../src/downloading/fetching/rejection-of.js';
import { Rejection } from '../../../src/jobs/rejection.js';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';
import { oddNetworkIn, warnOfOddNetwork } from '../../../src/pipeline/odd-network.js';
import { asKept, sampleCandidate } from '../../support/sample-jobs.js';

const guard = new AddressGuard(AllowedHosts.parse([]));

/** The outcome of a record whose name resolved to `address`, as guard and downloader produce it. */
function refusedFor(address: string): ImageOutcome {
  try {
    guard.checkAddresses([address], 'images.test', 443);
  } catch (error) {
    const rejection = rejectionOf(error, 'head');
    if (rejection instanceof Rejection)
      return { status: 'rejected', reason: 'address_refused', detail: rejection.detail };
  }
  throw new Error(`${address} was not refused`);
}

const rejected = (reason: 'timeout' | 'exact_duplicate' | 'no_image_url'): ImageOutcome => ({
  status: 'rejected',
  reason,
  detail: null,
});
const LITERAL: ImageOutcome = { status: 'rejected', reason: 'address_refused', detail: 'private_address' };
const FOUND: ImageOutcome = { status: 'found' };

const KEPT = asKept({ urlHash: 'a', position: 0, candidate: sampleCandidate(1), outcome: FOUND }).outcome;

/** As many records as given for each outcome. */
function records(...parts: readonly (readonly [times: number, outcome: ImageOutcome])[]): ImageRecord[] {
  const outcomes = parts.flatMap(([times, outcome]) => Array.from({ length: times }, () => outcome));
  return outcomes.map((outcome, position) => ({
    urlHash: `${position}`,
    position,
    candidate: sampleCandidate(position),
    outcome,
  }));
}

describe('an odd network', () => {
  const said = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  beforeEach(() => said.mockClear());
  afterAll(() => said.mockRestore());

  it.each([
    ['a fake-ip proxy', '198.18.3.4', 'stand_in', 'ALLOW_FAKE_IP=true'],
    ['a fake-ip proxy with IPv6', 'fc00::7', 'stand_in', 'ALLOW_FAKE_IP=true'],
    ['a DNS64 of its own', '64:ff9b:1::5db8:d822', 'local_nat64', 'DNS64'],
    ['a filter that answers zero', '0.0.0.0', 'this_machine', 'filter'],
    ['a filter that answers loopback', '127.0.0.1', 'this_machine', 'filter'],
    ['an intranet', '10.1.1.1', 'intranet', 'ALLOW_PRIVATE_HOSTS'],
    ['nonsense', '192.0.2.1', 'special', 'name server'],
  ])('is told by its answers and gets a remedy: %s', (_what, address, kind, remedy) => {
    const odd = records([9, refusedFor(address)], [1, KEPT]);
    expect(oddNetworkIn(odd)).toEqual({ kind, refused: 9, asked: 10 });
    warnOfOddNetwork('job', odd);
    expect(said.mock.calls).toEqual([
      [{ jobId: 'job', kind, refused: 9, asked: 10 }, expect.stringContaining(remedy)],
    ]);
    expect(JSON.stringify(said.mock.calls)).not.toContain('images.test');
  });

  it('is named by the most frequent kind of address', () => {
    const filter = [refusedFor('127.0.0.1'), refusedFor('::')] as const;
    const mixed = records([3, refusedFor('198.18.0.1')], [2, filter[0]], [2, filter[1]]);
    expect(oddNetworkIn(mixed)).toMatchObject({ kind: 'this_machine', refused: 7 });
    expect(oddNetworkIn(mixed.slice(0, 5))).toMatchObject({ kind: 'stand_in', refused: 5 });
  });

  it('is recognised however many images were never requested', () => {
    const some = records(
      [3, refusedFor('198.18.0.1')],
      [50, FOUND],
      [50, rejected('exact_duplicate')],
      [50, rejected('no_image_url')],
    );
    expect(oddNetworkIn(some)).toEqual({ kind: 'stand_in', refused: 3, asked: 3 });
  });

  it.each([
    ['there is nothing', []],
    ['there is too little to tell', records([2, refusedFor('198.18.0.1')])],
    ['many were kept', records([8, refusedFor('198.18.0.1')], [2, KEPT])],
    ['many ended otherwise', records([8, refusedFor('198.18.0.1')], [2, rejected('timeout')])],
    ['pages name private addresses themselves', records([50, LITERAL])],
  ])('is none where %s', (_what, some) => {
    expect(oddNetworkIn(some)).toBeNull();
  });

  it('has a text for every kind of refused address', () => {
    const addresses = ['198.18.0.1', '64:ff9b:1::1', '::1', '10.0.0.1', '192.0.2.1'];
    const kinds = addresses.map((address) => oddNetworkIn(records([3, refusedFor(address)]))?.kind);
    expect(kinds).toEqual([...REFUSED_KINDS]);
  });
});
