/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing problem details. Clients look at the type only; the words are for whoever reads a log. */
#include "server/hall-refusal.h"

#include "server/hall-fault.h"

#include "format/hall-json.h"

#include <string.h>

static const struct {
  const char *type;
  guint       status;
  const char *title;
} refusals[] = {
  { HALL_PROBLEM_BAD_REQUEST,     400, "The request cannot be read" },
  { HALL_PROBLEM_UNAUTHORIZED,    401, "A valid token is needed" },
  { HALL_PROBLEM_FORBIDDEN,       403, "This token may not do that" },
  { HALL_PROBLEM_NOT_FOUND,       404, "There is nothing here" },
  { HALL_PROBLEM_METHOD,          405, "This cannot be done here" },
  { HALL_PROBLEM_TOO_SLOW,        408, "The request did not come whole in time" },
  { HALL_PROBLEM_ATTENDEE_EXISTS, 409, "This address is signed up already" },
  { HALL_PROBLEM_SLUG_TAKEN,      409, "Another chat has this slug" },
  { HALL_PROBLEM_ID_TAKEN,        409, "A row of another kind has this id" },
  { HALL_PROBLEM_RESYNC_REQUIRED, 410, "This cursor is not known here" },
  { HALL_PROBLEM_STALE,           412, "The row has changed meanwhile" },
  { HALL_PROBLEM_TOO_LARGE,       413, "The request is too large" },
  { HALL_PROBLEM_INVALID,         422, "The row does not keep the rules" },
  { HALL_PROBLEM_KEY_REUSED,      422, "This idempotency key was used for another request" },
  { HALL_PROBLEM_PARENT_MISSING,  424, "The row this one hangs on is not here" },
  { HALL_PROBLEM_EARLIER_FAILED,  424, "What this hangs on was refused in the same batch" },
  { HALL_PROBLEM_PRECONDITION,    428, "A precondition is needed" },
  { HALL_PROBLEM_TOO_MANY,        429, "Too many requests" },
  { HALL_PROBLEM_LARGE_HEADERS,   431, "The headers are too large" },
  { HALL_PROBLEM_BROKEN,          500, "The desk failed; nothing was changed" },
  { HALL_PROBLEM_FULL,            507, "There is no room left at the desk; nothing was changed" },
};

/* Begins a document with what every refusal says, and tells the status that goes with it. */
static yyjson_mut_doc *
begin (const char *type,
       const char *detail,
       guint      *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    yyjson_mut_doc *doc;
    yyjson_mut_val *root;

    if (strcmp (refusals[i].type, type) != 0)
      continue;

    doc = yyjson_mut_doc_new (NULL);
    root = yyjson_mut_obj (doc);
    yyjson_mut_doc_set_root (doc, root);
    yyjson_mut_obj_add_str (doc, root, "type", refusals[i].type);
    yyjson_mut_obj_add_str (doc, root, "title", refusals[i].title);
    yyjson_mut_obj_add_uint (doc, root, "status", refusals[i].status);
    if (detail != NULL)
      yyjson_mut_obj_add_strcpy (doc, root, "detail", detail);
    *status = refusals[i].status;

    return doc;
  }

  g_assert_not_reached ();
}

static HallReply *
finish (yyjson_mut_doc *doc,
        guint           status)
{
  char             *text = hall_json_write (doc);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  return hall_reply_new (status, "application/problem+json", body);
}

/**
 * hall_refusal_new:
 * @type: one of format/hall-problem-types.h
 * @detail: (nullable): what it is about this time, one sentence in English with nobody's data in it
 *
 * Returns: (transfer full): the reply, with the status that belongs to @type
 */
HallReply *
hall_refusal_new (const char *type,
                  const char *detail)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  guint                      status;

  g_return_val_if_fail (type != NULL, NULL);

  doc = begin (type, detail, &status);
  return finish (doc, status);
}

/**
 * hall_refusal_new_invalid:
 * @faults: (element-type HallFault): what is wrong, at least one
 *
 * Returns: (transfer full): a 422 that lists them under "errors"
 */
HallReply *
hall_refusal_new_invalid (GPtrArray *faults)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val            *errors;
  guint                      status;

  g_return_val_if_fail (faults != NULL && faults->len > 0, NULL);

  doc = begin (HALL_PROBLEM_INVALID, NULL, &status);
  errors = yyjson_mut_obj_add_arr (doc, yyjson_mut_doc_get_root (doc), "errors");
  for (guint i = 0; i < faults->len; i++) {
    const HallFault *fault = g_ptr_array_index (faults, i);
    yyjson_mut_val  *entry = yyjson_mut_arr_add_obj (doc, errors);

    yyjson_mut_obj_add_strcpy (doc, entry, "pointer", fault->pointer);
    yyjson_mut_obj_add_strcpy (doc, entry, "detail", fault->detail);
  }

  return finish (doc, status);
}

/**
 * hall_refusal_new_current:
 * @type: one of format/hall-problem-types.h
 * @detail: (nullable): as hall_refusal_new() takes it
 * @row: the row that is in the way, as JSON
 * @mark: the mark of its newest change
 *
 * Returns: (transfer full): a reply that carries the row under "current" and its mark under "mark"
 */
HallReply *
hall_refusal_new_current (const char *type,
                          const char *detail,
                          const char *row,
                          const char *mark)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val            *root;
  guint                      status;

  g_return_val_if_fail (type != NULL && row != NULL && mark != NULL, NULL);

  doc = begin (type, detail, &status);
  root = yyjson_mut_doc_get_root (doc);
  yyjson_mut_obj_add_val (doc, root, "current", yyjson_mut_rawcpy (doc, row));
  yyjson_mut_obj_add_strcpy (doc, root, "mark", mark);

  return finish (doc, status);
}

/**
 * hall_refusal_new_deleted:
 *
 * Returns: (transfer full): a 412 that says the row was deleted
 */
HallReply *
hall_refusal_new_deleted (void)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  guint                      status;

  doc = begin (HALL_PROBLEM_STALE, "The row has been deleted", &status);
  yyjson_mut_obj_add_bool (doc, yyjson_mut_doc_get_root (doc), "deleted", TRUE);

  return finish (doc, status);
}

/**
 * hall_refusal_new_resync:
 * @pruned: whether the cursor is older than what is kept; otherwise it is not of this desk's record
 *
 * Returns: (transfer full): a 410 that says why under "because"
 */
HallReply *
hall_refusal_new_resync (gboolean pruned)
{
  g_autoptr (yyjson_mut_doc) doc = NULL;
  guint                      status;

  doc = begin (HALL_PROBLEM_RESYNC_REQUIRED, NULL, &status);
  yyjson_mut_obj_add_str (doc, yyjson_mut_doc_get_root (doc), "because", pruned ? "pruned" : "restored");

  return finish (doc, status);
}

/**
 * hall_refusal_new_too_many:
 * @seconds: after how long they may come again
 *
 * Returns: (transfer full): a 429 that says so
 */
HallReply *
hall_refusal_new_too_many (guint seconds)
{
  HallReply       *reply = hall_refusal_new (HALL_PROBLEM_TOO_MANY, NULL);
  g_autofree char *text = g_strdup_printf ("%u", seconds);

  hall_headers_set (reply->headers, "Retry-After", text);

  return reply;
}
