#ifndef CCRYPTO_SHIM_H
#define CCRYPTO_SHIM_H

#include <malloc.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// The part of libcrypto's binary interface (soname 3, OpenSSL 3.0 and later) that is used, declared here so that a clone
// builds without OpenSSL's development package. Source of names and numbers: <openssl/*.h> of 3.0; each type has the name
// it has there.

typedef struct bio_st BIO;
typedef struct bignum_st BIGNUM;
typedef struct ECDSA_SIG_st ECDSA_SIG;
typedef struct engine_st ENGINE;
typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct evp_md_st EVP_MD;
typedef struct evp_pkey_ctx_st EVP_PKEY_CTX;
typedef struct evp_pkey_st EVP_PKEY;

// Kinds of keys.
enum {
  KX_RSA = 6,
  KX_EC = 408,
  KX_ED25519 = 1087,
};

BIO *BIO_new_mem_buf(const void *bytes, int count);
int BIO_free(BIO *bio);
const EVP_MD *EVP_sha256(void);
const EVP_MD *EVP_sha512(void);
EVP_MD_CTX *EVP_MD_CTX_new(void);
void EVP_MD_CTX_free(EVP_MD_CTX *context);
int EVP_PKEY_get_base_id(const EVP_PKEY *key);
int EVP_PKEY_get_group_name(const EVP_PKEY *key, char *name, size_t room, size_t *length);
int EVP_PKEY_get_raw_public_key(const EVP_PKEY *key, unsigned char *bytes, size_t *count);
int EVP_PKEY_is_a(const EVP_PKEY *key, const char *name);
void EVP_PKEY_free(EVP_PKEY *key);

// Verifying

int EVP_Digest(const void *data, size_t count, unsigned char *digest, unsigned int *size, const EVP_MD *type,
               ENGINE *engine);
int EVP_DigestVerifyInit(EVP_MD_CTX *context, EVP_PKEY_CTX **key_context, const EVP_MD *type, ENGINE *engine,
                         EVP_PKEY *key);
int EVP_DigestVerify(EVP_MD_CTX *context, const unsigned char *signature, size_t signature_length,
                     const unsigned char *data, size_t data_length);
EVP_PKEY *EVP_PKEY_new_raw_public_key(int type, ENGINE *engine, const unsigned char *key, size_t length);
int EVP_EncodeBlock(unsigned char *text, const unsigned char *bytes, int count);
int EVP_DecodeBlock(unsigned char *bytes, const unsigned char *text, int count);
unsigned char *HMAC(const EVP_MD *type, const void *key, int key_length, const unsigned char *data, size_t data_length,
                    unsigned char *code, unsigned int *code_length);
EVP_PKEY *PEM_read_bio_PUBKEY(BIO *bio, EVP_PKEY **key,
                              int (*password)(char *room, int size, int is_write, void *context), void *context);

// Signing

typedef int (*kx_ask_passphrase)(char *room, int size, int is_writing, void *context);

EVP_PKEY *PEM_read_bio_PrivateKey(BIO *bio, EVP_PKEY **key, kx_ask_passphrase ask, void *context);
EVP_PKEY *EVP_PKEY_new_raw_private_key(int kind, ENGINE *engine, const unsigned char *bytes, size_t count);
int EVP_DigestSignInit(EVP_MD_CTX *context, EVP_PKEY_CTX **key_context, const EVP_MD *hash, ENGINE *engine, EVP_PKEY *key);
int EVP_DigestSign(EVP_MD_CTX *context, unsigned char *signature, size_t *count, const unsigned char *message, size_t length);
ECDSA_SIG *d2i_ECDSA_SIG(ECDSA_SIG **signature, const unsigned char **bytes, long count);
void ECDSA_SIG_get0(const ECDSA_SIG *signature, const BIGNUM **r, const BIGNUM **s);
void ECDSA_SIG_free(ECDSA_SIG *signature);
int BN_bn2binpad(const BIGNUM *number, unsigned char *bytes, int count);

int CRYPTO_set_mem_functions(void *(*allocate)(size_t, const char *, int), void *(*reallocate)(void *, size_t, const char *, int),
                             void (*release)(void *, const char *, int));

static inline void *kx_allocate(size_t count, const char *file, int line) {
  (void)file, (void)line;
  return malloc(count);
}

static inline void kx_release(void *place, const char *file, int line) {
  (void)file, (void)line;
  if (place) explicit_bzero(place, malloc_usable_size(place));
  free(place);
}

static inline void *kx_reallocate(void *place, size_t count, const char *file, int line) {
  void *other = count ? malloc(count) : NULL;
  if (place && other) {
    size_t held = malloc_usable_size(place);
    memcpy(other, place, held < count ? held : count);
  }
  if (place && (other || !count)) kx_release(place, file, line);
  return other;
}

// Has all memory of libcrypto wiped before it is given back; 0 if it has taken some already, and then it is not.
static inline int kx_wipe_what_is_freed(void) { return CRYPTO_set_mem_functions(kx_allocate, kx_reallocate, kx_release); }

// Answers whoever wants the passphrase of a key: there is none.
static inline int kx_no_passphrase(char *room, int size, int is_writing, void *context) {
  (void)room, (void)size, (void)is_writing, (void)context;
  return -1;
}

#endif
