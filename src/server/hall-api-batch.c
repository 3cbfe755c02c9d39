/* SPDX-License-Identifier: GPL-3.0-or-later
 * Each operation of a batch is answered as the request it stands for would be, in order, in one transaction with
 * a savepoint for each. What follows on a row whose operation was refused, or hangs on it, is not tried. */
#include "server/hall-api-batch.h"

#include "server/hall-api-rows.h"
#include "server/hall-refusal.h"
#include "server/hall-row-ties.h"

#include "format/hall-json.h"

#include <string.h>

/* Bytes of answers, after which no more operations are begun: a small change of a long post has a long answer. */
#define LARGE (4 * 1024 * 1024)

typedef struct {
  const HallVisit *visit;
  const HallToken *token;
  GHashTable      *refused; /* ids of rows */
  yyjson_mut_doc  *doc;
  yyjson_mut_val  *answers;
  gsize            size;
} Batch;

static void
clear_batch (Batch *batch)
{
  g_hash_table_unref (batch->refused);
  yyjson_mut_doc_free (batch->doc);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, clear_batch)

static gboolean
is_text (yyjson_val *node,
         gboolean    is_needed)
{
  return yyjson_is_str (node) || (!is_needed && (node == NULL || yyjson_is_null (node)));
}

static gboolean
is_path (yyjson_val *node)
{
  return yyjson_is_str (node) && *yyjson_get_str (node) == '/';
}

static gboolean
is_operation (yyjson_val *node)
{
  yyjson_val *body = yyjson_obj_get (node, "body");

  return is_text (yyjson_obj_get (node, "method"), TRUE) && is_path (yyjson_obj_get (node, "path")) &&
         is_text (yyjson_obj_get (node, "key"), TRUE) && is_text (yyjson_obj_get (node, "if_match"), FALSE) &&
         is_text (yyjson_obj_get (node, "if_none_match"), FALSE) &&
         (body == NULL || yyjson_is_null (body) || yyjson_is_obj (body));
}

/* Why the batch is not begun; NULL when it is. */
static HallReply *
check (yyjson_doc *doc)
{
  yyjson_val    *operations = yyjson_obj_get (yyjson_doc_get_root (doc), "operations");
  yyjson_arr_iter iter;
  yyjson_val     *node;

  if (!yyjson_is_arr (operations))
    return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, "“operations” is a list");
  if (yyjson_arr_size (operations) > HALL_API_BATCH_LONGEST)
    return hall_refusal_new (HALL_PROBLEM_TOO_LARGE, "A batch has at most 100 operations");

  iter = yyjson_arr_iter_with (operations);
  while ((node = yyjson_arr_iter_next (&iter)) != NULL)
    if (!is_operation (node))
      return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, "An operation has “method”, “path”, “key”, a precondition and a “body”");

  return NULL;
}

static HallRequest *
make_request (const HallVisit *visit,
              yyjson_val      *node)
{
  HallRequest *request = hall_request_new (yyjson_get_str (yyjson_obj_get (node, "method")),
                                           yyjson_get_str (yyjson_obj_get (node, "path")));
  yyjson_val  *body = yyjson_obj_get (node, "body");
  char        *text;
  gsize        length;

  hall_headers_set (request->headers, "Idempotency-Key", yyjson_get_str (yyjson_obj_get (node, "key")));
  hall_headers_set (request->headers, "If-Match", yyjson_get_str (yyjson_obj_get (node, "if_match")));
  hall_headers_set (request->headers, "If-None-Match", yyjson_get_str (yyjson_obj_get (node, "if_none_match")));
  request->peer = g_strdup (visit->request->peer);

  if (yyjson_is_obj (body)) {
    text = yyjson_val_write (body, YYJSON_WRITE_NOFLAG, &length);
    request->body = g_bytes_new_take (text, length);
  }

  return request;
}

static gboolean
hangs_on_refused (const Batch    *batch,
                  const HallKind *kind,
                  const char     *id,
                  yyjson_val     *body)
{
  const char *field;

  if (g_hash_table_contains (batch->refused, id))
    return TRUE;

  for (guint i = 0; (field = hall_row_ties_nth_field (kind, i)) != NULL; i++) {
    const char *parent = yyjson_get_str (yyjson_obj_get (body, field));

    if (parent != NULL && g_hash_table_contains (batch->refused, parent))
      return TRUE;
  }

  return FALSE;
}

/* What went wrong inside undoes this operation alone, unless there is no room for any. */
static HallReply *
answer_safely (const HallVisit  *visit,
               const HallToken  *token,
               const HallKind   *kind,
               const char       *id,
               GError          **error)
{
  g_autoptr (GError) fault = NULL;
  HallReply         *reply;

  if (!hall_database_savepoint (visit->db, error))
    return NULL;

  reply = hall_api_rows_answer (visit, token, kind, id, &fault);
  if (reply != NULL && reply->status < 300) {
    if (hall_database_release (visit->db, error))
      return reply;
    hall_reply_free (reply);
    return NULL;
  }

  hall_database_rollback_to (visit->db);
  if (reply != NULL)
    return reply;
  if (!g_error_matches (fault, HALL_STORE_ERROR, HALL_STORE_ERROR_FULL))
    return hall_refusal_new (HALL_PROBLEM_BROKEN, NULL);

  g_propagate_error (error, g_steal_pointer (&fault));
  return NULL;
}

static HallReply *
answer_operation (Batch       *batch,
                  yyjson_val  *node,
                  GError     **error)
{
  g_autoptr (HallRequest) request = make_request (batch->visit, node);
  HallVisit               visit = *batch->visit;
  const HallKind         *kind;
  const char             *id;
  HallReply              *reply;

  visit.request = request;
  if (!hall_api_rows_read_path (request->path, &kind, &id))
    return hall_refusal_new (HALL_PROBLEM_NOT_FOUND, NULL);
  if (strcmp (request->method, "PUT") != 0 && strcmp (request->method, "PATCH") != 0 && strcmp (request->method, "DELETE") != 0)
    return hall_refusal_new (HALL_PROBLEM_METHOD, NULL);

  if (batch->size > LARGE)
    reply = hall_refusal_new (HALL_PROBLEM_TOO_MANY, "The answers have grown too long; send this one again");
  else if (hangs_on_refused (batch, kind, id, yyjson_obj_get (node, "body")))
    reply = hall_refusal_new (HALL_PROBLEM_EARLIER_FAILED, NULL);
  else
    reply = answer_safely (&visit, batch->token, kind, id, error);

  if (reply != NULL && reply->status >= 300)
    g_hash_table_add (batch->refused, g_strdup (id));

  return reply;
}

static void
append_answer (Batch           *batch,
               const HallReply *reply)
{
  yyjson_mut_val *answer = yyjson_mut_arr_add_obj (batch->doc, batch->answers);
  const char     *etag = hall_headers_get (reply->headers, "ETag");
  const char     *body;
  gsize           length;

  yyjson_mut_obj_add_uint (batch->doc, answer, "status", reply->status);
  if (etag != NULL)
    yyjson_mut_obj_add_strcpy (batch->doc, answer, "etag", etag);
  else
    yyjson_mut_obj_add_null (batch->doc, answer, "etag");

  if (reply->body == NULL) {
    yyjson_mut_obj_add_null (batch->doc, answer, "body");
    return;
  }
  body = g_bytes_get_data (reply->body, &length);
  yyjson_mut_obj_add_val (batch->doc, answer, "body", yyjson_mut_rawncpy (batch->doc, body, length));
  batch->size += length;
}

/**
 * hall_api_batch_answer:
 * @visit: a POST of /v1/batch
 * @token: whose request it is; they may read, and what else is looked at for each operation
 * @error: HALL_STORE_ERROR; then nothing of it is done
 *
 * Answers each operation in order. A batch that cannot be read, or is too long, is refused as a whole.
 *
 * Returns: (transfer full): the reply; NULL with @error set when the transaction must be rolled back
 */
HallReply *
hall_api_batch_answer (const HallVisit  *visit,
                       const HallToken  *token,
                       GError          **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GError)     fault = NULL;
  g_autoptr (GBytes)     body = NULL;
  g_auto (Batch)         batch = { visit, token };
  HallReply             *refusal;
  const char            *sent;
  char                  *text;
  gsize                  length = 0;
  yyjson_arr_iter        iter;
  yyjson_val            *node;

  g_return_val_if_fail (visit != NULL && token != NULL, NULL);

  batch.refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  batch.doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_doc_set_root (batch.doc, yyjson_mut_obj (batch.doc));
  batch.answers = yyjson_mut_obj_add_arr (batch.doc, yyjson_mut_doc_get_root (batch.doc), "answers");

  sent = visit->request->body != NULL ? g_bytes_get_data (visit->request->body, &length) : NULL;
  doc = hall_json_read (sent != NULL ? sent : "", length, &fault);
  if (doc == NULL)
    return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, fault->message);
  refusal = check (doc);
  if (refusal != NULL)
    return refusal;

  iter = yyjson_arr_iter_with (yyjson_obj_get (yyjson_doc_get_root (doc), "operations"));
  while ((node = yyjson_arr_iter_next (&iter)) != NULL) {
    g_autoptr (HallReply) reply = answer_operation (&batch, node, error);

    if (reply == NULL)
      return NULL;
    append_answer (&batch, reply);
  }

  text = hall_json_write (batch.doc);
  body = g_bytes_new_take (text, strlen (text));

  return hall_reply_new (200, "application/json", body);
}
