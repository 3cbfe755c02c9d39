/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes with preconditions: nobody changes what they have not seen. */
#include "server/hall-api-rows.h"

#include "server/hall-answers.h"
#include "server/hall-desk-rows.h"
#include "server/hall-fault.h"
#include "server/hall-refusal.h"
#include "server/hall-row-rules.h"
#include "server/hall-row-ties.h"
#include "server/hall-scopes.h"
#include "server/hall-versions.h"

#include "format/hall-wire.h"
#include "model/hall-kinds.h"

#include <string.h>

#define ROOT "/v1/"
#define LONGEST_KEY 200

typedef struct {
  const HallVisit *visit;
  const HallKind  *kind;
  const char      *id;
  HallVersion      version;
  char            *mark;   /* absent when there never was such a row */
  HallValue       *before; /* the row; absent when it is not there */
  gboolean         is_done; /* this very write had its effect long ago */
} Target;

static void
clear_target (Target *target)
{
  g_free (target->mark);
  hall_value_unref (target->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, clear_target)

static gboolean
load (Target  *target,
      GError **error)
{
  gpointer found;

  if (!hall_versions_find (target->visit, target->kind, target->id, &target->version, &target->mark, error) ||
      !hall_desk_rows_get (target->visit, target->kind, target->id, &found, error))
    return FALSE;

  target->before = found;
  return TRUE;
}

static char *
make_etag (const char *mark)
{
  return g_strdup_printf ("\"%s\"", mark);
}

static HallReply *
reply_row (guint            status,
           const HallValue *row,
           const char      *mark)
{
  char              *json = hall_wire_write (row, HALL_WIRE_ALL);
  g_autoptr (GBytes) body = g_bytes_new_take (json, strlen (json));
  g_autofree char   *etag = make_etag (mark);
  HallReply         *reply = hall_reply_new (status, "application/json", body);

  hall_headers_set (reply->headers, "ETag", etag);

  return reply;
}

static HallReply *
refuse_stale (const Target *target)
{
  g_autofree char *json = NULL;

  if (target->before == NULL)
    return hall_refusal_new_deleted ();

  json = hall_wire_write (target->before, HALL_WIRE_ALL);
  return hall_refusal_new_current (HALL_PROBLEM_STALE, NULL, json, target->mark);
}

static HallReply *
refuse_unread (const GError *fault)
{
  g_autoptr (GPtrArray) faults = hall_faults_new ();
  g_autofree char      *pointer = hall_format_error_dup_pointer (fault);

  if (!g_error_matches (fault, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID))
    return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, fault->message);

  hall_faults_add (faults, pointer != NULL ? pointer : "", fault->message);
  return hall_refusal_new_invalid (faults);
}

static const char *
get_body (const HallVisit *visit,
          gssize          *length)
{
  gsize       size = 0;
  const char *body = visit->request->body != NULL ? g_bytes_get_data (visit->request->body, &size) : NULL;

  *length = size;
  return body != NULL ? body : "";
}

/* Whether nothing would change; what only hosts keep, and what the desk derives, does not count. */
static gboolean
is_same (const HallValue *a,
         const HallValue *b)
{
  for (guint i = 0; i < a->kind->n_fields; i++) {
    const HallField *field = &a->kind->fields[i];

    if ((field->flags & (HALL_FIELD_LOCAL | HALL_FIELD_SERVICE)) == 0 && !hall_value_same_field (a, b, field))
      return FALSE;
  }

  return TRUE;
}

/* A create that was answered once already may have found no seat. */
static gboolean
is_same_create (const HallValue *sent,
                const HallValue *before)
{
  g_autoptr (HallValue) seated = hall_value_copy (sent);
  const HallField      *status = hall_kind_find_field (sent->kind, "status");

  if (is_same (sent, before))
    return TRUE;

  if (strcmp (sent->kind->name, "attendee") != 0 || strcmp (hall_value_get_text (sent, status), "going") != 0)
    return FALSE;

  hall_value_set_text (seated, status, "waitlist");
  return is_same (seated, before);
}

/* Checks and writes @row; the reply is the row as it then is, or why it is not taken. */
static HallReply *
write_row (const Target  *target,
           guint          status,
           HallValue     *row,
           GError       **error)
{
  g_autoptr (GPtrArray) faults = hall_row_rules_check (row);
  g_autoptr (HallValue) written = NULL;
  g_autofree char      *mark = NULL;
  HallReply            *refusal = NULL;
  gpointer              found;

  if (faults->len > 0)
    return hall_refusal_new_invalid (faults);
  if (!hall_row_ties_check (target->visit, row, target->before, &refusal, error))
    return NULL;
  if (refusal != NULL)
    return refusal;
  if (target->before == NULL && !hall_row_ties_seat (target->visit, row, error))
    return NULL;

  mark = hall_desk_rows_put (target->visit, row, error);
  if (mark == NULL || !hall_desk_rows_get (target->visit, target->kind, target->id, &found, error))
    return NULL;
  written = found;

  return reply_row (status, written, mark);
}

static HallReply *
create (const Target  *target,
        GError       **error)
{
  g_autoptr (HallValue) row = NULL;
  g_autoptr (GError)    fault = NULL;
  g_autoptr (GPtrArray) faults = hall_faults_new ();
  const char           *body;
  gssize                length;
  gboolean              taken;

  if (g_strcmp0 (hall_headers_get (target->visit->request->headers, "If-None-Match"), "*") != 0)
    return hall_refusal_new (HALL_PROBLEM_PRECONDITION, "PUT makes a new row and needs “If-None-Match: *”");

  body = get_body (target->visit, &length);
  row = hall_wire_read (target->kind, body, length, HALL_WIRE_AS_CLIENT, &fault);
  if (row == NULL)
    return refuse_unread (fault);
  if (strcmp (row->id, target->id) != 0) {
    hall_faults_add (faults, "/id", "must be the id in the path");
    return hall_refusal_new_invalid (faults);
  }

  hall_row_ties_complete (target->visit, row, target->before);
  if (target->before == NULL && target->is_done)
    return hall_refusal_new_deleted ();
  if (target->before != NULL)
    return is_same_create (row, target->before) ? reply_row (200, target->before, target->mark) : refuse_stale (target);

  if (!hall_versions_is_taken (target->visit, target->kind, target->id, &taken, error))
    return NULL;
  if (taken)
    return hall_refusal_new (HALL_PROBLEM_ID_TAKEN, NULL);

  return write_row (target, 201, row, error);
}

/* The mark a client has seen, or a refusal: a change of something unseen is never taken, so "*" is none. */
static HallReply *
check_seen (const Target *target,
            gboolean     *is_current)
{
  const char      *seen = hall_headers_get (target->visit->request->headers, "If-Match");
  g_autofree char *etag = NULL;

  if (seen == NULL || strcmp (seen, "*") == 0)
    return hall_refusal_new (HALL_PROBLEM_PRECONDITION, "PATCH and DELETE need “If-Match” with the ETag of the row as it was seen");
  if (target->version == HALL_VERSION_NEVER)
    return hall_refusal_new (HALL_PROBLEM_NOT_FOUND, NULL);

  etag = make_etag (target->mark);
  *is_current = strcmp (seen, etag) == 0;

  return NULL;
}

static HallReply *
change (const Target  *target,
        GError       **error)
{
  g_autoptr (HallValue) after = NULL;
  g_autoptr (GError)    fault = NULL;
  HallReply            *refusal;
  const char           *body;
  gssize                length;
  gboolean              is_current;

  refusal = check_seen (target, &is_current);
  if (refusal != NULL)
    return refusal;
  if (target->before == NULL)
    return hall_refusal_new_deleted ();

  body = get_body (target->visit, &length);
  after = hall_wire_apply_change (target->before, body, length, &fault);
  if (after == NULL)
    return refuse_unread (fault);

  /* What already stands is a success, whoever made it so: perhaps this very change, whose answer was lost. */
  hall_row_ties_complete (target->visit, after, target->before);
  if (is_same (after, target->before))
    return reply_row (200, target->before, target->mark);

  return is_current ? write_row (target, 200, after, error) : refuse_stale (target);
}

static HallReply *
delete (const Target  *target,
        GError       **error)
{
  HallReply *refusal;
  gboolean   is_current;

  refusal = check_seen (target, &is_current);
  if (refusal != NULL)
    return refusal;

  if (target->before != NULL) {
    if (!is_current)
      return refuse_stale (target);
    if (!hall_desk_rows_remove (target->visit, target->kind, target->id, error))
      return NULL;
  }

  return hall_reply_new (204, NULL, NULL);
}

static HallReply *
show (const Target *target)
{
  if (target->before == NULL)
    return hall_refusal_new (HALL_PROBLEM_NOT_FOUND, NULL);

  return reply_row (200, target->before, target->mark);
}

static gboolean
is_good_key (const char *key)
{
  gsize length = key != NULL ? strlen (key) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      return FALSE;

  return length > 0 && length <= LONGEST_KEY;
}

static HallReply *
write_once (Target           *target,
            const HallToken  *token,
            GError          **error)
{
  const char           *method = target->visit->request->method;
  const char           *key = hall_headers_get (target->visit->request->headers, "Idempotency-Key");
  g_autoptr (HallReply) reply = NULL;

  reply = hall_api_rows_check_key (target->visit->request);
  if (reply != NULL)
    return g_steal_pointer (&reply);

  if (!hall_answers_find (target->visit, token, key, &reply, &target->is_done, error))
    return NULL;
  if (reply != NULL)
    return g_steal_pointer (&reply);

  if (strcmp (method, "PUT") == 0)
    reply = create (target, error);
  else if (strcmp (method, "PATCH") == 0)
    reply = change (target, error);
  else
    reply = delete (target, error);

  if (reply == NULL || (reply->status < 300 && !hall_answers_keep (target->visit, token, key, reply, error)))
    return NULL;

  return g_steal_pointer (&reply);
}

/**
 * hall_api_rows_read_path:
 * @path: the path of a request
 * @kind: (out): the kind of the row it names
 * @id: (out) (transfer none): its id, a part of @path
 *
 * Returns: whether it names a row: "/v1/", the plural of a kind that is sent, "/", and an id
 */
gboolean
hall_api_rows_read_path (const char      *path,
                         const HallKind **kind,
                         const char     **id)
{
  g_autofree char *plural = NULL;
  const char      *slash;

  g_return_val_if_fail (path != NULL && kind != NULL && id != NULL, FALSE);

  slash = g_str_has_prefix (path, ROOT) ? strchr (path + strlen (ROOT), '/') : NULL;
  if (slash == NULL)
    return FALSE;

  plural = g_strndup (path + strlen (ROOT), slash - path - strlen (ROOT));
  *kind = hall_kinds_from_plural (plural);
  *id = slash + 1;

  return *kind != NULL && (*kind)->sent && hall_id_is_valid (*id);
}

/**
 * hall_api_rows_check_key:
 * @request: a write
 *
 * Returns: (transfer full) (nullable): why its Idempotency-Key cannot be one; NULL when it can
 */
HallReply *
hall_api_rows_check_key (const HallRequest *request)
{
  g_return_val_if_fail (request != NULL, NULL);

  if (is_good_key (hall_headers_get (request->headers, "Idempotency-Key")))
    return NULL;

  return hall_refusal_new (HALL_PROBLEM_BAD_REQUEST,
                           "Every write needs an “Idempotency-Key” of 1 to 200 visible ASCII characters");
}

/**
 * hall_api_rows_answer:
 * @visit: a GET, HEAD, PUT, PATCH or DELETE
 * @token: whose request it is; they may read
 * @kind: a kind that is sent
 * @id: the id in the path, valid
 * @error: HALL_STORE_ERROR
 *
 * The ETag of a row is the mark of its newest change. PUT with "If-None-Match: *" makes a row; PATCH and DELETE
 * with "If-Match" change or delete the version that was seen. Every write bears an Idempotency-Key; sent again
 * it gets the same answer and has no second effect.
 *
 * Returns: (transfer full): the reply; NULL with @error set when the transaction must be rolled back
 */
HallReply *
hall_api_rows_answer (const HallVisit  *visit,
                      const HallToken  *token,
                      const HallKind   *kind,
                      const char       *id,
                      GError          **error)
{
  g_auto (Target) target = { visit, kind, id, HALL_VERSION_NEVER, NULL, NULL, FALSE };
  gboolean        is_write;

  g_return_val_if_fail (visit != NULL && token != NULL && kind != NULL && id != NULL, NULL);

  is_write = strcmp (visit->request->method, "GET") != 0 && strcmp (visit->request->method, "HEAD") != 0;
  if (is_write && !hall_scopes_may_write (token, visit->request, kind))
    return hall_refusal_new (HALL_PROBLEM_FORBIDDEN, NULL);

  if (!load (&target, error))
    return NULL;
  if (!is_write)
    return show (&target);

  return write_once (&target, token, error);
}
