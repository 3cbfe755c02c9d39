/* SPDX-License-Identifier: GPL-3.0-or-later
 * Strikes whoever signed up with an address out of everything the desk keeps. What stays is that rows of these ids
 * were erased. No answer to an erasure is kept, for it would keep the address: asked for again it does nothing. */
#include "server/hall-api-erasures.h"

#include "server/hall-answers.h"
#include "server/hall-api-rows.h"
#include "server/hall-desk-rows.h"
#include "server/hall-fault.h"
#include "server/hall-refusal.h"
#include "server/hall-scopes.h"
#include "server/hall-versions.h"

#include "format/hall-json.h"
#include "model/hall-address.h"
#include "model/hall-attendee.h"
#include "model/hall-question.h"

/* The address that is to be erased, normalised; or why there is none. */
static char *
read_address (const HallVisit  *visit,
              HallReply       **refusal)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GPtrArray)  faults = hall_faults_new ();
  g_autoptr (GError)     fault = NULL;
  gsize                  length = 0;
  const char            *body, *address;

  body = visit->request->body != NULL ? g_bytes_get_data (visit->request->body, &length) : NULL;
  doc = hall_json_read (body != NULL ? body : "", length, &fault);
  if (doc == NULL) {
    *refusal = hall_refusal_new (HALL_PROBLEM_BAD_REQUEST, fault->message);
    return NULL;
  }

  address = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "address"));
  if (address == NULL || !hall_address_is_valid (address)) {
    hall_faults_add (faults, "/address", "must be a mail address");
    *refusal = hall_refusal_new_invalid (faults);
    return NULL;
  }

  return hall_address_normalise (address);
}

/* Everybody with the address: those who are signed up, and those of whom only an answer is left. */
static GStrv
list_attendees (const HallVisit  *visit,
                const char       *address_key,
                GError          **error)
{
  g_autoptr (GStrvBuilder)  ids = g_strv_builder_new ();
  g_autoptr (HallStatement) query = NULL;
  gboolean                  found = TRUE;

  query = hall_database_prepare (visit->db,
                                 "SELECT id FROM attendees WHERE address_key = ?1 UNION "
                                 "SELECT json_extract (body, '$.id') FROM answers "
                                 "WHERE json_extract (body, '$.address_key') = ?1 ORDER BY 1", error);
  if (query == NULL)
    return NULL;

  hall_statement_bind (query, "t", address_key);
  while (found) {
    if (!hall_statement_step (query, &found, error))
      return NULL;
    if (found)
      g_strv_builder_add (ids, hall_statement_get_text (query, 0));
  }

  return g_strv_builder_end (ids);
}

static gboolean
erase_row (const HallVisit  *visit,
           const HallKind   *kind,
           const char       *id,
           GError          **error)
{
  return hall_desk_rows_remove (visit, kind, id, error) && hall_versions_note_erased (visit, kind, id, error);
}

/* One that was deleted before is told of once more: others may still remember them. */
static gboolean
erase_again (const HallVisit  *visit,
             const char       *id,
             GError          **error)
{
  g_autofree char *mark = hall_versions_note (visit, &hall_attendee_kind, id, TRUE, error);

  return mark != NULL && hall_versions_note_erased (visit, &hall_attendee_kind, id, error);
}

static gboolean
erase_attendee (const HallVisit  *visit,
                const char       *id,
                GError          **error)
{
  g_autoptr (GPtrArray) questions = NULL;
  HallVersion           version;

  questions = hall_desk_rows_list (visit, &hall_question_kind, error, "WHERE attendee = ? ORDER BY id", "t", id);
  if (questions == NULL)
    return FALSE;
  for (guint i = 0; i < questions->len; i++)
    if (!erase_row (visit, &hall_question_kind, ((HallValue *) g_ptr_array_index (questions, i))->id, error))
      return FALSE;

  if (!hall_versions_find (visit, &hall_attendee_kind, id, &version, NULL, error) ||
      !(version == HALL_VERSION_THERE ? erase_row (visit, &hall_attendee_kind, id, error) : erase_again (visit, id, error)))
    return FALSE;

  return hall_answers_strike (visit, id, error);
}

/**
 * hall_api_erasures_answer:
 * @visit: a POST of /v1/erasures
 * @token: whose request it is
 * @error: HALL_STORE_ERROR
 *
 * Erases the attendees with an address and what they asked. Each leaves a tombstone that says so, so that other
 * clients can do the same.
 *
 * Returns: (transfer full): the reply, which does not say whether there was anybody; NULL with @error set when the
 *   transaction must be rolled back
 */
HallReply *
hall_api_erasures_answer (const HallVisit  *visit,
                          const HallToken  *token,
                          GError          **error)
{
  g_autofree char *address_key = NULL;
  g_auto (GStrv)   ids = NULL;
  HallReply       *refusal = NULL;

  g_return_val_if_fail (visit != NULL && token != NULL, NULL);

  if (!hall_scopes_may_write (token, visit->request, NULL))
    return hall_refusal_new (HALL_PROBLEM_FORBIDDEN, NULL);
  refusal = hall_api_rows_check_key (visit->request);
  if (refusal != NULL)
    return refusal;

  address_key = read_address (visit, &refusal);
  if (address_key == NULL)
    return refusal;

  ids = list_attendees (visit, address_key, error);
  if (ids == NULL)
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    if (!erase_attendee (visit, ids[i], error))
      return NULL;

  return hall_reply_new (204, NULL, NULL);
}
