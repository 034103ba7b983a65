#ifndef CCRYPTO_SHIM_H
#define CCRYPTO_SHIM_H

#include <stddef.h>

// The part of libcrypto's binary interface (soname 3, OpenSSL 3.0 and later) that is used, declared here so that a clone
// builds without OpenSSL's development package. Source of names: the headers that are named below, of 3.0.19.

// Verifying

// <openssl/types.h>
typedef struct engine_st ENGINE;
typedef struct evp_md_ctx_st EVP_MD_CTX;
typedef struct evp_md_st EVP_MD;
typedef struct evp_pkey_ctx_st EVP_PKEY_CTX;
typedef struct evp_pkey_st EVP_PKEY;
typedef struct bio_st BIO;
typedef struct ossl_lib_ctx_st OSSL_LIB_CTX;

// <openssl/evp.h>
const EVP_MD *EVP_sha256(void);
const EVP_MD *EVP_sha512(void);
int EVP_Digest(const void *data, size_t count, unsigned char *digest, unsigned int *size, const EVP_MD *type,
               ENGINE *engine);
EVP_MD_CTX *EVP_MD_CTX_new(void);
void EVP_MD_CTX_free(EVP_MD_CTX *context);
int EVP_DigestVerifyInit(EVP_MD_CTX *context, EVP_PKEY_CTX **key_context, const EVP_MD *type, ENGINE *engine,
                         EVP_PKEY *key);
int EVP_DigestVerify(EVP_MD_CTX *context, const unsigned char *signature, size_t signature_length,
                     const unsigned char *data, size_t data_length);
EVP_PKEY *EVP_PKEY_new_raw_public_key(int type, ENGINE *engine, const unsigned char *key, size_t length);
void EVP_PKEY_free(EVP_PKEY *key);
int EVP_PKEY_is_a(const EVP_PKEY *key, const char *name);
int EVP_PKEY_get_group_name(const EVP_PKEY *key, char *name, size_t size, size_t *length);
int EVP_EncodeBlock(unsigned char *text, const unsigned char *bytes, int count);
int EVP_DecodeBlock(unsigned char *bytes, const unsigned char *text, int count);

// <openssl/obj_mac.h>: NID_ED25519
enum { KV_ED25519 = 1087 };

// <openssl/hmac.h>
unsigned char *HMAC(const EVP_MD *type, const void *key, int key_length, const unsigned char *data, size_t data_length,
                    unsigned char *code, unsigned int *code_length);

// <openssl/bio.h>
BIO *BIO_new_mem_buf(const void *bytes, int length);
int BIO_free(BIO *bio);

// <openssl/pem.h>
EVP_PKEY *PEM_read_bio_PUBKEY(BIO *bio, EVP_PKEY **key,
                              int (*password)(char *room, int size, int is_write, void *context), void *context);

#endif
