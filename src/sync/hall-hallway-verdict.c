/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows with their ETag, and problem details (RFC 9457), of which the type alone decides. */
#include "sync/hall-hallway-verdict.h"

#include "format/hall-problem-types.h"
#include "sync/hall-reply-check.h"

#include <glib/gi18n.h>
#include <string.h>

#define LONGEST_DETAIL 200 /* characters of somebody else's words */
#define TOO_LARGE      N_("This is larger than the service takes. Make it shorter.")

/* What a problem means in words for the host. One that is not here is told in the service's own words. */
static const struct {
  const char *type;
  const char *reason;
} reasons[] = {
  { HALL_PROBLEM_SLUG_TAKEN,
    N_("Another chat on the service already has this sign-up address. Give this one another.") },
  { HALL_PROBLEM_FORBIDDEN,
    N_("The token does not allow this. Ask whoever runs the service for one that does.") },
  { HALL_PROBLEM_TOO_LARGE,
    TOO_LARGE },
  { HALL_PROBLEM_ID_TAKEN,
    N_("The service has something else in this place.") },
  { HALL_PROBLEM_KEY_REUSED,
    N_("The service has taken another edit in the place of this one.") },
};

static const char *
get_text (yyjson_val *object,
          const char *name)
{
  return yyjson_get_str (yyjson_obj_get (object, name));
}

/* An entity tag is the mark in quotes. */
static char *
read_etag (const HallReply *reply)
{
  const char *tag = hall_headers_get (reply->headers, "ETag");
  gsize       length = tag != NULL ? strlen (tag) : 0;

  if (length < 3 || tag[0] != '"' || strchr (tag + 1, '"') != tag + length - 1)
    return NULL;

  return g_strndup (tag + 1, length - 2);
}

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\r\n\t", ' ');

  if (g_utf8_strlen (line, -1) > LONGEST_DETAIL)
    return g_utf8_substring (line, 0, LONGEST_DETAIL);

  return g_steal_pointer (&line);
}

/* The service's own words: where it points to a field, those are the most exact. */
static char *
quote_problem (yyjson_val *problem)
{
  yyjson_val      *fault = yyjson_arr_get_first (yyjson_obj_get (problem, "errors"));
  const char      *words = get_text (fault, "detail");
  g_autofree char *quoted = NULL;

  if (words == NULL)
    words = get_text (problem, "detail");
  if (words == NULL)
    words = get_text (problem, "title");
  if (words == NULL)
    return g_strdup (_("The service refuses this and does not say why."));

  quoted = shorten (words);
  return g_strdup_printf (_("The service refuses this. It says: %s"), quoted);
}

static HallVerdict *
refuse (yyjson_val *problem)
{
  const char      *type = get_text (problem, "type");
  g_autofree char *reason = NULL;

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (reasons); i++)
    if (strcmp (reasons[i].type, type) == 0)
      return hall_verdict_new (HALL_VERDICT_REFUSED, NULL, _(reasons[i].reason));

  reason = quote_problem (problem);
  return hall_verdict_new (HALL_VERDICT_REFUSED, NULL, reason);
}

static HallNews *
read_current (const HallKind  *kind,
              yyjson_val      *problem,
              GError         **error)
{
  g_autoptr (GError) fault = NULL;
  const char        *mark = get_text (problem, "mark");
  HallValue         *value;

  value = hall_reply_check_row (kind, yyjson_obj_get (problem, "current"), &fault);
  if (value == NULL || !hall_reply_check_is_word (mark)) {
    hall_reply_check_refuse (error, fault != NULL ? fault->message : "a row without a mark");
    hall_value_unref (value);
    return NULL;
  }

  return hall_news_new (kind, value->id, mark, value);
}

static HallVerdict *
read_stale (const HallOperation  *operation,
            yyjson_val           *problem,
            GError              **error)
{
  g_autoptr (HallNews) news = NULL;

  if (yyjson_is_true (yyjson_obj_get (problem, "deleted")))
    return hall_verdict_new (HALL_VERDICT_STALE, hall_news_new (operation->kind, operation->row, NULL, NULL), NULL);

  news = read_current (operation->kind, problem, error);
  if (news == NULL)
    return NULL;
  if (strcmp (news->id, operation->row) != 0) {
    hall_reply_check_refuse (error, "another row than the one that was sent");
    return NULL;
  }

  return hall_verdict_new (HALL_VERDICT_STALE, g_steal_pointer (&news), NULL);
}

static HallVerdict *
read_problem (const HallOperation  *operation,
              const HallReply      *reply,
              GError              **error)
{
  g_autoptr (yyjson_doc) doc = hall_reply_check_json (reply, error);
  yyjson_val            *problem = yyjson_doc_get_root (doc);
  const char            *type = get_text (problem, "type");
  HallNews              *news;

  if (doc == NULL)
    return NULL;

  if (g_strcmp0 (type, HALL_PROBLEM_STALE) == 0)
    return read_stale (operation, problem, error);

  if (g_strcmp0 (type, HALL_PROBLEM_NOT_FOUND) == 0)
    return hall_verdict_new (operation->verb == HALL_OPERATION_REMOVE ? HALL_VERDICT_TAKEN : HALL_VERDICT_STALE,
                             hall_news_new (operation->kind, operation->row, NULL, NULL), NULL);

  if (g_strcmp0 (type, HALL_PROBLEM_ATTENDEE_EXISTS) == 0) {
    news = read_current (operation->kind, problem, error);
    return news != NULL ? hall_verdict_new (HALL_VERDICT_EXISTS, news, NULL) : NULL;
  }

  if (g_strcmp0 (type, HALL_PROBLEM_PARENT_MISSING) == 0)
    return hall_verdict_new (HALL_VERDICT_ORPHAN, NULL, _("What this belongs to is not on the service any more."));

  return refuse (problem);
}

/**
 * hall_hallway_verdict_is_problem:
 * @reply: a reply
 *
 * Returns: whether it claims to be a problem detail, as every refusal of hallwayd is
 */
gboolean
hall_hallway_verdict_is_problem (const HallReply *reply)
{
  const char *type = hall_headers_get (reply->headers, "Content-Type");

  return reply->status >= 400 && type != NULL && g_ascii_strncasecmp (type, "application/problem+json", 24) == 0;
}

/**
 * hall_hallway_verdict_read_row:
 * @kind: a kind
 * @id: id of the row that was asked for, or sent
 * @reply: a reply with status 200 or 201
 * @error: return location for HALL_SYNC_ERROR_NONSENSE
 *
 * Returns: (transfer full): the row and its mark; NULL with @error set
 */
HallNews *
hall_hallway_verdict_read_row (const HallKind   *kind,
                               const char       *id,
                               const HallReply  *reply,
                               GError          **error)
{
  g_autoptr (yyjson_doc) doc = hall_reply_check_json (reply, error);
  g_autoptr (HallValue)  value = NULL;
  g_autoptr (GError)     fault = NULL;
  g_autofree char       *mark = read_etag (reply);

  if (doc == NULL)
    return NULL;

  value = hall_reply_check_row (kind, yyjson_doc_get_root (doc), &fault);
  if (value == NULL || !hall_reply_check_is_word (mark) || strcmp (value->id, id) != 0) {
    hall_reply_check_refuse (error, fault != NULL ? fault->message : "a row without an ETag, or another one");
    return NULL;
  }

  return hall_news_new (kind, id, mark, g_steal_pointer (&value));
}

/**
 * hall_hallway_verdict_read:
 * @operation: what was sent
 * @reply: what came back
 * @error: return location
 *
 * Any thread. Fails, with the errors of hall_reply_check_origin() and HALL_SYNC_ERROR_NONSENSE, when nothing can be
 * known about what became of @operation.
 *
 * Returns: (transfer full): what the service decided; NULL with @error set
 */
HallVerdict *
hall_hallway_verdict_read (const HallOperation  *operation,
                           const HallReply      *reply,
                           GError              **error)
{
  HallNews *news;

  g_return_val_if_fail (operation != NULL && reply != NULL, NULL);

  /* A proxy before the service may be the one that will not take it. It is this that is too large, whoever says so,
   * and nothing is wrong with the rest. */
  if (reply->status == 413)
    return hall_verdict_new (HALL_VERDICT_REFUSED, NULL, _(TOO_LARGE));

  if (!hall_reply_check_origin (reply, error))
    return NULL;

  if (hall_hallway_verdict_is_problem (reply))
    return read_problem (operation, reply, error);

  if (operation->verb == HALL_OPERATION_REMOVE && reply->status == 204)
    return hall_verdict_new (HALL_VERDICT_TAKEN, hall_news_new (operation->kind, operation->row, NULL, NULL), NULL);

  if (operation->verb != HALL_OPERATION_REMOVE && (reply->status == 200 || reply->status == 201)) {
    news = hall_hallway_verdict_read_row (operation->kind, operation->row, reply, error);
    return news != NULL ? hall_verdict_new (HALL_VERDICT_TAKEN, news, NULL) : NULL;
  }

  hall_reply_check_refuse (error, "neither a success nor a problem");
  return NULL;
}
