/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who is asking, what for, and which part of the API answers. */
#include "server/hall-api.h"

#include "server/hall-api-batch.h"
#include "server/hall-api-erasures.h"
#include "server/hall-api-feed.h"
#include "server/hall-api-rows.h"
#include "server/hall-api-snapshot.h"
#include "server/hall-feed-page.h"
#include "server/hall-refusal.h"
#include "server/hall-scopes.h"
#include "server/hall-server-files.h"

#include "format/hall-json.h"

#include "config.h"

#include <string.h>

#define SCHEMA_VERSION 1

/* A UUID that is drawn once, when it is first asked for: another one means another desk. */
static char *
get_epoch (const HallVisit  *visit,
           GError          **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char   *epoch = NULL;

  epoch = hall_database_get_text (visit->db, &fault, "SELECT value FROM facts WHERE name = 'epoch'", "");
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return NULL;
  }
  if (epoch != NULL)
    return g_steal_pointer (&epoch);

  epoch = hall_id_new (visit->now, visit->random);
  if (!hall_database_run (visit->db, error, "INSERT INTO facts (name, value) VALUES ('epoch', ?)", "t", epoch))
    return NULL;

  return g_steal_pointer (&epoch);
}

static HallReply *
answer_session (const HallVisit  *visit,
                const HallToken  *token,
                GError          **error)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  g_autoptr (GBytes)         body = NULL;
  g_autofree char           *epoch = get_epoch (visit, error);
  g_auto (GStrv)             scopes = g_strsplit (token->scopes, " ", -1);
  char                      *text;
  yyjson_mut_val            *root, *list, *limits;

  if (epoch == NULL)
    return NULL;

  doc = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "service", "hallwayd");
  yyjson_mut_obj_add_str (doc, root, "version", HALL_VERSION);
  yyjson_mut_obj_add_str (doc, root, "name", token->name);
  list = yyjson_mut_obj_add_arr (doc, root, "scopes");
  for (guint i = 0; scopes[i] != NULL; i++)
    yyjson_mut_arr_add_str (doc, list, scopes[i]);
  yyjson_mut_obj_add_str (doc, root, "epoch", epoch);
  yyjson_mut_obj_add_int (doc, root, "schema", SCHEMA_VERSION);
  limits = yyjson_mut_obj_add_obj (doc, root, "limits");
  yyjson_mut_obj_add_int (doc, limits, "page", HALL_FEED_PAGE_LONGEST);
  yyjson_mut_obj_add_int (doc, limits, "body", HALL_API_LARGEST_BODY);
  yyjson_mut_obj_add_int (doc, limits, "batch", HALL_API_BATCH_LONGEST);
  yyjson_mut_obj_add_int (doc, limits, "rate", HALL_API_RATE);
  yyjson_mut_obj_add_str (doc, root, "public_url", visit->public_url);

  text = hall_json_write (doc);
  body = g_bytes_new_take (text, strlen (text));

  return hall_reply_new (200, "application/json", body);
}

static HallReply *
answer_description (GError **error)
{
  g_autoptr (GBytes) file = NULL;

  file = g_resource_lookup_data (hall_server_get_resource (), "/hallwayd/openapi.json", G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return file != NULL ? hall_reply_new (200, "application/json", file) : NULL;
}

/* Answers what every path answers alike. NULL when the method is one of @allowed and somebody has to act on it. */
static HallReply *
check_method (const HallVisit *visit,
              const char      *allowed)
{
  g_auto (GStrv) methods = g_strsplit (allowed, ", ", -1);
  gboolean       is_question = strcmp (visit->request->method, "OPTIONS") == 0;
  HallReply     *reply;

  if (!is_question && g_strv_contains ((const char *const *) methods, visit->request->method))
    return NULL;

  reply = is_question ? hall_reply_new (204, NULL, NULL) : hall_refusal_new (HALL_PROBLEM_METHOD, NULL);
  hall_headers_set (reply->headers, "Allow", allowed);

  return reply;
}

static HallReply *
route (const HallVisit  *visit,
       const HallToken  *token,
       GError          **error)
{
  const char     *path = visit->request->path;
  const HallKind *kind;
  const char     *id;
  HallReply      *reply;

  if (strcmp (path, "/v1/session") == 0) {
    reply = check_method (visit, "GET, HEAD, OPTIONS");
    return reply != NULL ? reply : answer_session (visit, token, error);
  }

  if (strcmp (path, "/v1/changes") == 0) {
    reply = check_method (visit, "GET, HEAD, OPTIONS");
    return reply != NULL ? reply : hall_api_feed_answer (visit, error);
  }

  if (strcmp (path, "/v1/snapshot") == 0) {
    reply = check_method (visit, "GET, HEAD, OPTIONS");
    return reply != NULL ? reply : hall_api_snapshot_answer (visit, error);
  }

  if (strcmp (path, "/v1/batch") == 0) {
    reply = check_method (visit, "POST, OPTIONS");
    return reply != NULL ? reply : hall_api_batch_answer (visit, token, error);
  }

  if (strcmp (path, "/v1/erasures") == 0) {
    reply = check_method (visit, "POST, OPTIONS");
    return reply != NULL ? reply : hall_api_erasures_answer (visit, token, error);
  }

  if (strcmp (path, "/v1/openapi.json") == 0) {
    reply = check_method (visit, "GET, HEAD, OPTIONS");
    return reply != NULL ? reply : answer_description (error);
  }

  if (hall_api_rows_read_path (path, &kind, &id)) {
    reply = check_method (visit, "GET, HEAD, PUT, PATCH, DELETE, OPTIONS");
    return reply != NULL ? reply : hall_api_rows_answer (visit, token, kind, id, error);
  }

  return hall_refusal_new (HALL_PROBLEM_NOT_FOUND, NULL);
}

/**
 * hall_api_owns:
 * @path: the path of a request
 *
 * Returns: whether the API answers it
 */
gboolean
hall_api_owns (const char *path)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return strcmp (path, "/v1") == 0 || g_str_has_prefix (path, "/v1/");
}

/**
 * hall_api_answer:
 * @visit: a request whose path hall_api_owns()
 * @error: HALL_STORE_ERROR
 *
 * Returns: (transfer full): the reply; NULL with @error set when the transaction must be rolled back
 */
HallReply *
hall_api_answer (const HallVisit  *visit,
                 GError          **error)
{
  g_autoptr (HallToken) token = NULL;
  HallReply            *reply;
  guint                 wait;

  g_return_val_if_fail (visit != NULL, NULL);

  if (!hall_tokens_find (visit, &token, error))
    return NULL;

  if (token != NULL)
    wait = hall_throttle_take (visit->clients, token->name, visit->now);
  else
    wait = hall_throttle_take (visit->strangers, visit->request->peer != NULL ? visit->request->peer : "", visit->now);
  if (wait > 0)
    return hall_refusal_new_too_many (wait);

  if (token == NULL) {
    reply = hall_refusal_new (HALL_PROBLEM_UNAUTHORIZED, NULL);
    hall_headers_set (reply->headers, "WWW-Authenticate", "Bearer");
    return reply;
  }
  if (!hall_scopes_may_read (token))
    return hall_refusal_new (HALL_PROBLEM_FORBIDDEN, NULL);

  return route (visit, token, error);
}
