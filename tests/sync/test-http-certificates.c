/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whose word is taken for who a service is: authorities made for the test, and certificates with one thing wrong. */
#include "sync/hall-http.h"

#include "raw-service.h"

#include <glib/gstdio.h>
#include <stdarg.h>

#define TOKEN "hall-canary.token_1"
#define REPLY "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

typedef struct {
  char           *folder;
  GTlsDatabase   *trusted; /* one authority */
  GTlsDatabase   *usual;
} Fixture;

static char *
path_of (Fixture    *f,
         const char *name,
         const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);

  return g_build_filename (f->folder, file, NULL);
}

/* Makes NAME.pem and NAME.key with options for "openssl req". */
G_GNUC_NULL_TERMINATED static void
make (Fixture    *f,
      const char *name,
      const char *option,
      ...)
{
  g_autofree char        *key = path_of (f, name, ".key");
  g_autofree char        *certificate = path_of (f, name, ".pem");
  const char             *usual[] = {
    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
    "-keyout", key, "-out", certificate,
  };
  g_autoptr (GPtrArray)   arguments = g_ptr_array_new ();
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) openssl = NULL;
  va_list                 options;

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    g_ptr_array_add (arguments, (gpointer) usual[i]);
  va_start (options, option);
  for (; option != NULL; option = va_arg (options, const char *))
    g_ptr_array_add (arguments, (gpointer) option);
  va_end (options);
  g_ptr_array_add (arguments, NULL);

  openssl = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (openssl, NULL, &error);
  g_assert_no_error (error);
}

/* One that the trusted authority has signed. */
static void
make_signed (Fixture    *f,
             const char *name,
             const char *host,
             const char *not_before,
             const char *not_after)
{
  g_autofree char *authority = path_of (f, "authority", ".pem");
  g_autofree char *key = path_of (f, "authority", ".key");
  g_autofree char *extension = g_strconcat ("subjectAltName=", host, NULL);

  make (f, name, "-CA", authority, "-CAkey", key, "-subj", "/CN=Desk", "-addext", extension,
        "-addext", "basicConstraints=critical,CA:FALSE", "-not_before", not_before, "-not_after", not_after, NULL);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char   *authority = NULL;
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("hall-certificates-XXXXXX", &error);
  g_assert_no_error (error);
  make (f, "authority", "-subj", "/CN=Authority", "-days", "2", NULL);

  authority = path_of (f, "authority", ".pem");
  f->trusted = g_tls_file_database_new (authority, &error);
  g_assert_no_error (error);
  f->usual = g_tls_backend_get_default_database (g_tls_backend_get_default ());
  g_tls_backend_set_default_database (g_tls_backend_get_default (), f->trusted);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
  const char      *name;

  g_tls_backend_set_default_database (g_tls_backend_get_default (), f->usual);
  g_object_unref (f->usual);
  g_object_unref (f->trusted);

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = path_of (f, name, "");

    g_remove (path);
  }
  g_rmdir (f->folder);
  g_free (f->folder);
}

/* Whether anything came over a line to a service with that certificate; nothing was heard there otherwise. */
static gboolean
comes_over (Fixture    *f,
            const char *name)
{
  g_autofree char             *key = path_of (f, name, ".key");
  g_autofree char             *pem = path_of (f, name, ".pem");
  g_autoptr (GError)           error = NULL;
  g_autoptr (GTlsCertificate)  certificate = g_tls_certificate_new_from_files (pem, key, &error);
  g_autoptr (RawService)       service = NULL;
  g_autoptr (HallHttp)         http = NULL;
  g_autoptr (HallRequest)      request = hall_request_new ("GET", "/page");
  g_autoptr (HallReply)        reply = NULL;

  g_assert_no_error (error);
  service = raw_service_new (certificate);
  raw_service_say (service, REPLY, -1);
  http = hall_http_new (raw_service_get_url (service), TOKEN, 30, &error);
  g_assert_no_error (error);
  reply = hall_http_exchange (http, request, NULL, &error);

  if (reply == NULL) {
    g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_INSECURE);
    g_assert_cmpuint (raw_service_count_requests (service), ==, 0);
    g_assert_null (strstr (error->message, TOKEN));
    return FALSE;
  }

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (raw_service_count_requests (service), ==, 1);
  return TRUE;
}

static void
test_good (Fixture       *f,
           gconstpointer  data)
{
  make_signed (f, "good", "DNS:localhost", "20200101000000Z", "20991231000000Z");
  g_assert_true (comes_over (f, "good"));
}

static void
test_expired (Fixture       *f,
              gconstpointer  data)
{
  make_signed (f, "expired", "DNS:localhost", "20200101000000Z", "20200201000000Z");
  g_assert_false (comes_over (f, "expired"));
}

static void
test_not_yet_good (Fixture       *f,
                   gconstpointer  data)
{
  make_signed (f, "early", "DNS:localhost", "20980101000000Z", "20991231000000Z");
  g_assert_false (comes_over (f, "early"));
}

static void
test_of_another_host (Fixture       *f,
                      gconstpointer  data)
{
  make_signed (f, "other", "DNS:desk.example.org", "20200101000000Z", "20991231000000Z");
  g_assert_false (comes_over (f, "other"));
}

static void
test_signed_by_itself (Fixture       *f,
                       gconstpointer  data)
{
  make (f, "lonely", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", NULL);
  g_assert_false (comes_over (f, "lonely"));
}

/* Good in itself, for somebody who trusts that authority; nobody does. */
static void
test_of_unknown_authority (Fixture       *f,
                           gconstpointer  data)
{
  make_signed (f, "good", "DNS:localhost", "20200101000000Z", "20991231000000Z");
  g_tls_backend_set_default_database (g_tls_backend_get_default (), f->usual);
  g_assert_false (comes_over (f, "good"));
}

static void
test_skipped (void)
{
  g_test_skip ("openssl, or GLib's TLS, is not here");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");

  g_test_init (&argc, &argv, NULL);

  if (openssl == NULL || !g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_test_add_func ("/sync/http-certificates", test_skipped);
    return g_test_run ();
  }

#define TEST(name, function) g_test_add ("/sync/http-certificates/" name, Fixture, NULL, set_up, function, tear_down)
  TEST ("good", test_good);
  TEST ("expired", test_expired);
  TEST ("not-yet-good", test_not_yet_good);
  TEST ("of-another-host", test_of_another_host);
  TEST ("signed-by-itself", test_signed_by_itself);
  TEST ("of-unknown-authority", test_of_unknown_authority);

  return g_test_run ();
}
