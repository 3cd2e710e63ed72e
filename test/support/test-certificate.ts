import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * A certificate for localhost and 127.0.0.1 that signed itself, from 2020 until 2126. Its key is for tests only and
 * guards nothing.
 */
export const TEST_CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRtvGPfm+eFjaiIZp
RWz/Q9uSohF4m1tVpE++WNhV2GyhRANCAAQ4oqvkDCwVCeZs6lGirsqJ+D0m3mW7
IzZmrbgUrMuKh6c7/Vq3cplqN/uI/JpWr6fq1x0tKC4Rfn+k2U4Ykm38
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBZjCCAQ2gAwIBAgIBAjAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDiiq+QMLBUJ5mzq
UaKuyon4PSbeZbsjNmatuBSsy4qHpzv9WrdymWo3+4j8mlavp+rXHS0oLhF+f6TZ
ThiSbfyjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBRRYprM30Kj6HSFfQRFlPnEYMYfSDAKBggqhkjOPQQD
AgNHADBEAiAZsq3tW2Qt7VKVnh/3CeVorR8OmqB20LF7M2ebw05neQIgP1DmU0x4
PO0ac4JIMYQ37NSyVRspRjKlABo69bse+98=
-----END CERTIFICATE-----`,
};

/** Lets every client of this process trust it, as NODE_EXTRA_CA_CERTS would. @returns ends that */
export function trustTestCertificate(): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, TEST_CERTIFICATE.cert]);
  return () => setDefaultCACertificates(before);
}
