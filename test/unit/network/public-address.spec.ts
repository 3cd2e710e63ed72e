import { isPublicAddress, kindOfAddress } from '../../../src/network/public-address.js';

const PUBLIC = [
  ['a public IPv4 address', '93.184.216.34'],
  ['the neighbour below the private 172 block', '172.15.255.255'],
  ['the neighbour above the private 172 block', '172.32.0.0'],
  ['the neighbour of the shared address space', '100.128.0.0'],
  ['a public IPv6 address', '2606:4700:4700::1111'],
  ['the first block given out in IPv6', '2001:200::1'],
  ['public IPv4 behind NAT64', '64:ff9b::93.184.216.34'],
  ['public IPv4 behind NAT64 in hexadecimal', '64:ff9b::5db8:d822'],
  ['public IPv4 behind NAT64 written out', '0064:ff9b:0:0:0:0:5db8:d822'],
] as const;

const NOT_PUBLIC = [
  ['loopback', '127.0.0.1'],
  ['the rest of loopback', '127.255.255.254'],
  ['this host', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['private 10', '10.0.0.1'],
  ['private 172', '172.16.0.1'],
  ['private 192', '192.168.1.1'],
  ['shared address space', '100.64.0.1'],
  ['link-local, the metadata of clouds', '169.254.169.254'],
  ['the host of Azure machines', '168.63.129.16'],
  ['IETF protocol assignments', '192.0.0.8'],
  ['documentation 1', '192.0.2.1'],
  ['documentation 2', '198.51.100.1'],
  ['documentation 3', '203.0.113.1'],
  ['benchmarking', '198.18.0.1'],
  ['6to4 relays', '192.88.99.1'],
  ['multicast', '224.0.0.1'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['IPv6 loopback', '::1'],
  ['IPv6 unspecified', '::'],
  ['what ipaddr.js calls unicast', '::7f00:1'],
  ['IPv4-compatible', '::127.0.0.1'],
  ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
  ['IPv4-mapped in hexadecimal', '::ffff:7f00:1'],
  ['IPv4-mapped public', '::ffff:93.184.216.34'],
  ['IPv4-translated', '::ffff:0:127.0.0.1'],
  ['loopback behind NAT64', '64:ff9b::7f00:1'],
  ['this host behind NAT64', '64:ff9b::'],
  ['private 10 behind NAT64', '64:ff9b::10.0.0.1'],
  ['private 172 behind NAT64', '64:ff9b::ac10:1'],
  ['private 192 behind NAT64', '64:ff9b::192.168.1.1'],
  ['shared address space behind NAT64', '64:ff9b::100.64.0.1'],
  ['the metadata of clouds behind NAT64', '64:ff9b::a9fe:a9fe'],
  ['the host of Azure machines behind NAT64', '64:ff9b::168.63.129.16'],
  ['a stand-in behind NAT64', '64:ff9b::198.18.0.1'],
  ['multicast behind NAT64', '64:ff9b::224.0.0.1'],
  ['broadcast behind NAT64', '64:ff9b::ffff:ffff'],
  ['beside the prefix of NAT64', '64:ff9b::1:5db8:d822'],
  ['local NAT64', '64:ff9b:1::1'],
  ['public IPv4 behind local NAT64', '64:ff9b:1::5db8:d822'],
  ['discard', '100::1'],
  ['unique local', 'fd00::1'],
  ['the IPv6 metadata of clouds', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['IPv6 multicast', 'ff02::1'],
  ['6to4 of loopback', '2002:7f00:1::1'],
  ['Teredo', '2001:0:4136:e378::1'],
  ['IPv6 benchmarking', '2001:2::1'],
  ['ORCHID', '2001:10::1'],
  ['ORCHID 2', '2001:20::1'],
  ['IPv6 documentation', '2001:db8::1'],
  ['newer IPv6 documentation', '3fff::1'],
  ['segment routing', '5f00::1'],
  ['AS112', '2620:4f:8000::1'],
  ['outside of what is given out', '4000::1'],
  ['a public address with a zone', '2606:4700::1%lo'],
  ['a short form', '127.1'],
  ['a decimal form', '2130706433'],
  ['a name', 'localhost'],
  ['nothing', ''],
] as const;

describe('kindOfAddress', () => {
  it.each([
    ['198.18.0.0', 'stand_in'],
    ['198.19.255.255', 'stand_in'],
    ['198.17.255.255', 'public'],
    ['198.20.0.0', 'public'],
    ['fc00::1', 'stand_in'],
    ['fc00:3fff:ffff::1', 'stand_in'],
    ['fc00:4000::1', 'intranet'],
    ['fd00::1', 'intranet'],
    ['64:ff9b::198.18.0.1', 'special'],
    ['64:ff9b:1::1', 'local_nat64'],
    ['0.0.0.0', 'this_machine'],
    ['::', 'this_machine'],
    ['127.0.0.1', 'this_machine'],
    ['64:ff9b::7f00:1', 'this_machine'],
    ['10.1.2.3', 'intranet'],
    ['100.64.0.1', 'intranet'],
    ['fe80::1', 'intranet'],
    ['192.0.2.1', 'special'],
    ['nonsense', 'special'],
  ])('says what %s belongs to: %s', (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind);
  });
});

describe('isPublicAddress', () => {
  it.each(PUBLIC)('says yes to %s (%s)', (_what, address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each(NOT_PUBLIC)('says no to %s (%s)', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
