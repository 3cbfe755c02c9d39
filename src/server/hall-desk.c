/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving each request to the API or to the public pages. Nothing here waits, sends or rolls dice of its own. */
#include "server/hall-desk.h"

#include "server/hall-api.h"
#include "server/hall-page.h"
#include "server/hall-pages.h"
#include "server/hall-pruning.h"
#include "server/hall-refusal.h"
#include "server/hall-scopes.h"
#include "server/hall-server-files.h"
#include "server/hall-throttle.h"
#include "server/hall-tokens.h"

#include "store/hall-migrator.h"

#include <glib/gi18n.h>
#include <string.h>

/* "HDsk" */
#define APPLICATION_ID 0x4844736b

static const char *const script_names[] = {
  "/hallwayd/schema/001.sql",
  "/hallwayd/schema/002.sql",
};

/* People at one address may sign up one every other second, and thirty at once. */
#define VISITORS_AT_ONCE 30
#define VISITORS_PER_MINUTE 30

/* A host's program sends each edit as a request of its own, thousands after a long time offline. */
#define CLIENTS_AT_ONCE 20000

/* Who knows no token may ask for a while, in case it was just revoked, but not guess for ever. */
#define STRANGERS_AT_ONCE 120
#define STRANGERS_PER_MINUTE 60

struct _HallDesk {
  char             *public_url;
  char             *prefix;
  const HallClock  *clock;
  const HallRandom *random;
  HallThrottle     *clients;
  HallThrottle     *strangers;
  HallThrottle     *visitors;
};

static char *
find_prefix (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  return g_strdup (uri != NULL ? g_uri_get_path (uri) : "");
}

static char *
cut_slashes (char *text)
{
  for (gsize length = strlen (text); length > 0 && text[length - 1] == '/'; length--)
    text[length - 1] = '\0';

  return text;
}

static HallVisit
make_visit (HallDesk          *self,
            HallDatabase      *db,
            const HallRequest *request)
{
  return (HallVisit) {
    .db = db,
    .request = request,
    .random = self->random,
    .now = hall_clock_now (self->clock),
    .public_url = self->public_url,
    .prefix = self->prefix,
    .clients = self->clients,
    .strangers = self->strangers,
    .visitors = self->visitors,
  };
}

/* What every reply says, and what a HEAD leaves out. */
static void
finish (const HallRequest *request,
        HallReply         *reply)
{
  hall_headers_set (reply->headers, "X-Content-Type-Options", "nosniff");
  if (hall_headers_get (reply->headers, "Cache-Control") == NULL)
    hall_headers_set (reply->headers, "Cache-Control", "no-store");

  if (strcmp (request->method, "HEAD") == 0 && reply->body != NULL) {
    g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (reply->body));

    hall_headers_set (reply->headers, "Content-Length", length);
    g_clear_pointer (&reply->body, g_bytes_unref);
  }
}

/* Statuses for requests that were not answered, and what the API calls them. */
static const char *
find_type (guint status)
{
  switch (status) {
  case 408:
    return HALL_PROBLEM_TOO_SLOW;
  case 413:
    return HALL_PROBLEM_TOO_LARGE;
  case 431:
    return HALL_PROBLEM_LARGE_HEADERS;
  case 507:
    return HALL_PROBLEM_FULL;
  case 500:
    return HALL_PROBLEM_BROKEN;
  default:
    g_assert_not_reached ();
  }
}

static HallReply *
make_note (const HallVisit *visit,
           guint            status)
{
  switch (status) {
  case 408:
    return hall_page_new_note (visit, status, _("That took too long to come"),
                               _("Nothing was changed. Please go back and try once more."));
  case 413:
  case 431:
    return hall_page_new_note (visit, status, _("That was too much at once"),
                               _("Nothing was changed. Please shorten what you typed and try once more."));
  default:
    return hall_page_new_note (visit, status, _("Something went wrong here"),
                               _("Nothing was changed. Please go back and try once more in a few minutes."));
  }
}

/**
 * hall_desk_new:
 * @public_url: where people reach the public pages, such as "https://chats.example.org"
 * @clock: what time it is; outlives the desk
 * @random: where ids, marks and tokens come from; outlives the desk
 *
 * A desk is used by one thread at a time. It keeps nothing but how often each caller came; all else is in
 * the database.
 *
 * Returns: (transfer full): a desk
 */
HallDesk *
hall_desk_new (const char       *public_url,
               const HallClock  *clock,
               const HallRandom *random)
{
  HallDesk *self;

  g_return_val_if_fail (public_url != NULL && clock != NULL && random != NULL, NULL);

  self = g_new0 (HallDesk, 1);
  self->public_url = cut_slashes (g_strdup (public_url));
  self->prefix = cut_slashes (find_prefix (public_url));
  self->clock = clock;
  self->random = random;
  self->clients = hall_throttle_new (CLIENTS_AT_ONCE, HALL_API_RATE);
  self->strangers = hall_throttle_new (STRANGERS_AT_ONCE, STRANGERS_PER_MINUTE);
  self->visitors = hall_throttle_new (VISITORS_AT_ONCE, VISITORS_PER_MINUTE);

  return self;
}

/**
 * hall_desk_free:
 * @desk: (transfer full) (nullable): a desk
 */
void
hall_desk_free (HallDesk *desk)
{
  if (desk == NULL)
    return;

  g_free (desk->public_url);
  g_free (desk->prefix);
  hall_throttle_free (desk->clients);
  hall_throttle_free (desk->strangers);
  hall_throttle_free (desk->visitors);
  g_free (desk);
}

/**
 * hall_desk_open:
 * @path: the database file; made when it is not there
 * @error: HALL_STORE_ERROR
 *
 * Opens a desk's database and brings it to the newest schema. The caller has made sure that no other process
 * has it open.
 *
 * Returns: (transfer full): the connection; NULL with @error set
 */
HallDatabase *
hall_desk_open (const char  *path,
                GError     **error)
{
  return hall_desk_open_on (NULL, path, error);
}

/**
 * hall_desk_open_on:
 * @vfs: (nullable): the name of the SQLite VFS that has the file; NULL for the system's files
 * @path: the database file; made when it is not there
 * @error: HALL_STORE_ERROR
 *
 * As hall_desk_open(), wherever the file is.
 *
 * Returns: (transfer full): the connection; NULL with @error set
 */
HallDatabase *
hall_desk_open_on (const char  *vfs,
                   const char  *path,
                   GError     **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char           *scripts[G_N_ELEMENTS (script_names) + 1] = { NULL };
  HallSchema            schema = { APPLICATION_ID, scripts };

  g_return_val_if_fail (path != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (script_names); i++) {
    GBytes *file = g_resource_lookup_data (hall_server_get_resource (), script_names[i], G_RESOURCE_LOOKUP_FLAGS_NONE, error);

    if (file == NULL)
      return NULL;
    g_ptr_array_add (files, file);

    /* A file of a GResource ends in a NUL that is not counted. */
    scripts[i] = g_bytes_get_data (file, NULL);
  }

  return hall_migrator_open_on (vfs, path, &schema, error);
}

/**
 * hall_desk_answer:
 * @desk: a desk
 * @db: its database, in a transaction the caller has begun
 * @request: a request
 * @error: HALL_STORE_ERROR
 *
 * Answers a request. The reply may be sent once the caller has committed, and not before. When NULL is returned
 * the caller rolls back and sends what hall_desk_fail() makes of @error.
 *
 * Returns: (transfer full): the reply; NULL with @error set
 */
HallReply *
hall_desk_answer (HallDesk           *desk,
                  HallDatabase       *db,
                  const HallRequest  *request,
                  GError            **error)
{
  HallVisit  visit;
  HallReply *reply;

  g_return_val_if_fail (desk != NULL && request != NULL, NULL);
  g_return_val_if_fail (hall_database_in_transaction (db), NULL);

  visit = make_visit (desk, db, request);
  reply = hall_api_owns (request->path) ? hall_api_answer (&visit, error) : hall_pages_answer (&visit, error);
  if (reply != NULL)
    finish (request, reply);

  return reply;
}

/**
 * hall_desk_refuse:
 * @desk: a desk
 * @request: a request; its body is not looked at
 * @status: 408 (too slow), 413 (too large), 431 (headers too large), 500 (the desk failed) or 507 (its disk is full)
 *
 * Makes the reply to a request that was not answered. It says nothing of what went on inside.
 *
 * Returns: (transfer full): the reply
 */
HallReply *
hall_desk_refuse (HallDesk          *desk,
                  const HallRequest *request,
                  guint              status)
{
  HallVisit  visit;
  HallReply *reply;

  g_return_val_if_fail (desk != NULL && request != NULL, NULL);

  visit = make_visit (desk, NULL, request);
  reply = hall_api_owns (request->path) ? hall_refusal_new (find_type (status), NULL) : make_note (&visit, status);
  finish (request, reply);

  return reply;
}

/**
 * hall_desk_fail:
 * @desk: a desk
 * @request: a request that hall_desk_answer() could not answer, or whose answer could not be committed
 * @error: why
 *
 * Makes the reply to send once the transaction is rolled back: 507 when the disk is full, which somebody can do
 * something about, otherwise 500.
 *
 * Returns: (transfer full): the reply
 */
HallReply *
hall_desk_fail (HallDesk          *desk,
                const HallRequest *request,
                const GError      *error)
{
  return hall_desk_refuse (desk, request, g_error_matches (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL) ? 507 : 500);
}

/**
 * hall_desk_add_token:
 * @desk: a desk
 * @db: its database, in a transaction the caller has begun
 * @name: what to call the token, one line of at most 200 characters
 * @error: HALL_STORE_ERROR: EXISTS when there is one of that name
 *
 * Makes a token for a host, who may do everything.
 *
 * Returns: (transfer full): a new token for the API, which cannot be shown again; NULL with @error set
 */
char *
hall_desk_add_token (HallDesk      *desk,
                     HallDatabase  *db,
                     const char    *name,
                     GError       **error)
{
  return hall_desk_add_token_for (desk, db, name, "host", error);
}

/**
 * hall_desk_add_token_for:
 * @desk: a desk
 * @db: its database, in a transaction the caller has begun
 * @name: as for hall_desk_add_token()
 * @scope: "host", "check-in" or "read"
 * @error: HALL_STORE_ERROR: EXISTS when there is one of that name, FAILED when there is no such scope
 *
 * Returns: (transfer full): as hall_desk_add_token()
 */
char *
hall_desk_add_token_for (HallDesk      *desk,
                         HallDatabase  *db,
                         const char    *name,
                         const char    *scope,
                         GError       **error)
{
  g_return_val_if_fail (desk != NULL && name != NULL && scope != NULL, NULL);
  g_return_val_if_fail (hall_database_in_transaction (db), NULL);

  if (!hall_scopes_is_known (scope)) {
    g_set_error_literal (error, HALL_STORE_ERROR, HALL_STORE_ERROR_FAILED, "A scope is “host”, “check-in” or “read”");
    return NULL;
  }

  return hall_tokens_add (db, desk->random, hall_clock_now (desk->clock), name, scope, error);
}

/**
 * hall_desk_revoke_token:
 * @desk: a desk
 * @db: its database, in a transaction the caller has begun
 * @name: what a token is called
 * @error: HALL_STORE_ERROR: NOT_FOUND when there is none of that name
 *
 * Makes a token good for nothing, from the next request on.
 *
 * Returns: whether it went well
 */
gboolean
hall_desk_revoke_token (HallDesk      *desk,
                        HallDatabase  *db,
                        const char    *name,
                        GError       **error)
{
  g_return_val_if_fail (desk != NULL && name != NULL, FALSE);
  g_return_val_if_fail (hall_database_in_transaction (db), FALSE);

  return hall_tokens_revoke (db, name, error);
}

/**
 * hall_desk_prune:
 * @desk: a desk
 * @db: its database, in a transaction the caller has begun
 * @error: HALL_STORE_ERROR
 *
 * Forgets changes and answers that are too old to be asked for. Wants to be done when a desk is started, and then
 * once a day.
 *
 * Returns: whether it went well
 */
gboolean
hall_desk_prune (HallDesk      *desk,
                 HallDatabase  *db,
                 GError       **error)
{
  g_return_val_if_fail (desk != NULL, FALSE);
  g_return_val_if_fail (hall_database_in_transaction (db), FALSE);

  return hall_pruning_run (db, hall_clock_now (desk->clock), error);
}
