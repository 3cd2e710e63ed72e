import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * A self-signed certificate for localhost, 127.0.0.1 and all names below far.localhost, valid from 2020 to
 * 2126. Its key is for tests only and protects nothing.
 */
export const TEST_CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRqHm0ybGcd0YEcdK
O/fzqkEt3B3upZCZVgwghqNtZXChRANCAATknaA1+DuY6Xxsaar0jGzdV+yyM+t1
723sjHwVyjtUO9UgQ4qBQGFznHXtS+aBx0OEw79BgVe6SDAAmcKYkR1A
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBeDCCAR6gAwIBAgIBBDAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOSdoDX4O5jpfGxp
qvSMbN1X7LIz63XvbeyMfBXKO1Q71SBDioFAYXOcde1L5oHHQ4TDv0GBV7pIMACZ
wpiRHUCjXzBdMCsGA1UdEQQkMCKCCWxvY2FsaG9zdIIPKi5mYXIubG9jYWxob3N0
hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFOqz0Ty7v2/8cz/9Ybap
UfhwGDpfMAoGCCqGSM49BAMCA0gAMEUCIQDnax8ploYD0woqQJ5OOJdCrjkudwis
n+aEidWlUAkUKAIgVBkwlsl7eGZQoqwWp+rk3pMu4ncZSownTbWMGxGSLkA=
-----END CERTIFICATE-----`,
};

/** The same, but expired in 2021. */
export const EXPIRED_CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9imIfi3qj8puQ/qO
jFrVa4Gfhpo8aOsHtNhKfrJCmBOhRANCAATvPWnqNDvtewM6018kSq6p8WnRYjcz
u4v8iqjYdR/njaKg5MvGVniu/df3t6HdY55Y78VA5r3cGEgVBAMHU5FU
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBYzCCAQigAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAls
b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATvPWnqNDvtewM6018k
Sq6p8WnRYjczu4v8iqjYdR/njaKg5MvGVniu/df3t6HdY55Y78VA5r3cGEgVBAMH
U5FUo0swSTAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwDAYDVR0TBAUwAwEB
/zAdBgNVHQ4EFgQUU7hhU3s6f4agjC7akqsx+wk7Lk8wCgYIKoZIzj0EAwIDSQAw
RgIhAIULD68qWy1y6WFeMrKeuaX9BGl0sBANckClSyOWgCr3AiEAtaaLPY7749nM
/6HxSdWxZKSW892XXJjNSEavMTLMUC8=
-----END CERTIFICATE-----`,
};

/**
 * Makes all clients of this process trust both, like NODE_EXTRA_CA_CERTS.
 * @returns a function that undoes it
 */
export function trustTestCertificate(): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, TEST_CERTIFICATE.cert, EXPIRED_CERTIFICATE.cert]);
  return () => setDefaultCACertificates(before);
}
