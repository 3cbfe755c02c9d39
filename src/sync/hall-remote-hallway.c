/* SPDX-License-Identifier: GPL-3.0-or-later
 * The requests and replies of hallwayd's API /v1. */
#include "sync/hall-remote-hallway.h"

#include "format/hall-problem-types.h"
#include "format/hall-wire.h"
#include "model/hall-id.h"
#include "model/hall-kinds.h"
#include "sync/hall-hallway-verdict.h"
#include "sync/hall-reply-check.h"

#include <glib/gi18n.h>
#include <string.h>

#define PAGE_LIMIT "500"

static HallRequest *
ask (const char *method,
     const char *path)
{
  HallRequest *request = hall_request_new (method, path);

  hall_headers_set (request->headers, "Accept", "application/json");

  return request;
}

static HallRequest *
ask_session (void)
{
  return ask ("GET", "/v1/session");
}

/* What a service says that is there and well, but is not ours or does not let us in. */
static gboolean
check_welcome (const HallReply  *reply,
               GError          **error)
{
  if (!hall_reply_check_origin (reply, error))
    return FALSE;
  if (reply->status == 200)
    return TRUE;

  if (reply->status == 403 && hall_hallway_verdict_is_problem (reply))
    g_set_error_literal (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH,
                         _("The token does not allow this. It needs to be one for hosts."));
  else
    g_set_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE,
                 _("There is no Hallway service at this address (status %u)."), reply->status);

  return FALSE;
}

static gboolean
read_session (const HallReply  *reply,
              GError          **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  const char            *service;

  if (!check_welcome (reply, error))
    return FALSE;

  doc = hall_reply_check_json (reply, error);
  if (doc == NULL)
    return FALSE;

  service = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "service"));
  if (g_strcmp0 (service, hall_remote_hallway.service) != 0) {
    hall_reply_check_refuse (error, "not a session of hallwayd");
    return FALSE;
  }

  return TRUE;
}

static HallRequest *
ask_page (const char *cursor)
{
  HallRequest     *request = ask ("GET", "/v1/changes");
  g_autofree char *escaped = NULL;

  if (cursor == NULL) {
    request->query = g_strdup ("limit=" PAGE_LIMIT);
  } else {
    escaped = g_uri_escape_string (cursor, NULL, FALSE);
    request->query = g_strconcat ("limit=" PAGE_LIMIT "&since=", escaped, NULL);
  }

  return request;
}

/* A kind this program does not know comes from a newer service, and is left to newer programs. */
static gboolean
read_change (HallPage    *page,
             yyjson_val  *change,
             GError     **error)
{
  const char            *name = yyjson_get_str (yyjson_obj_get (change, "kind"));
  const char            *id = yyjson_get_str (yyjson_obj_get (change, "id"));
  const char            *mark = yyjson_get_str (yyjson_obj_get (change, "mark"));
  const HallKind        *kind = name != NULL ? hall_kinds_from_name (name) : NULL;
  g_autoptr (HallValue)  value = NULL;
  g_autoptr (GError)     fault = NULL;

  if (name == NULL || !hall_reply_check_is_word (mark) || !hall_id_is_valid (id)) {
    hall_reply_check_refuse (error, "a change without kind, id or mark");
    return FALSE;
  }
  if (kind == NULL || !kind->sent)
    return TRUE;

  if (yyjson_is_true (yyjson_obj_get (change, "deleted"))) {
    g_ptr_array_add (page->news, hall_news_new (kind, id, mark, NULL));
    return TRUE;
  }

  value = hall_reply_check_row (kind, yyjson_obj_get (change, "row"), &fault);
  if (value == NULL || strcmp (value->id, id) != 0) {
    hall_reply_check_refuse (error, fault != NULL ? fault->message : "a change with another row");
    return FALSE;
  }

  g_ptr_array_add (page->news, hall_news_new (kind, id, mark, g_steal_pointer (&value)));
  return TRUE;
}

/* 410: the whole is needed. Only a service that says the cursor is too old has surely deleted what it lacks. */
static gboolean
read_start_over (HallPage        *page,
                 const HallReply *reply)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val            *problem;

  if (!hall_hallway_verdict_is_problem (reply))
    return FALSE;

  doc = hall_reply_check_json (reply, NULL);
  problem = yyjson_doc_get_root (doc);
  page->start_over = g_strcmp0 (yyjson_get_str (yyjson_obj_get (problem, "type")), HALL_PROBLEM_RESYNC_REQUIRED) == 0;
  page->restored = g_strcmp0 (yyjson_get_str (yyjson_obj_get (problem, "because")), "pruned") != 0;

  return page->start_over;
}

static gboolean
read_news (HallPage    *page,
           yyjson_val  *root,
           const char  *name,
           GError     **error)
{
  yyjson_val      *list = yyjson_obj_get (root, name);
  yyjson_arr_iter  iter;
  yyjson_val      *change;

  if (!yyjson_is_arr (list)) {
    hall_reply_check_refuse (error, "not a page");
    return FALSE;
  }

  page->remaining = CLAMP (yyjson_get_sint (yyjson_obj_get (root, "remaining")), 0, G_MAXINT32);
  iter = yyjson_arr_iter_with (list);
  while ((change = yyjson_arr_iter_next (&iter)) != NULL)
    if (!read_change (page, change, error))
      return FALSE;

  return TRUE;
}

static HallPage *
read_page (const HallReply  *reply,
           GError          **error)
{
  g_autoptr (HallPage)   page = hall_page_new ();
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val            *root, *has_more;

  if (read_start_over (page, reply))
    return g_steal_pointer (&page);
  if (!check_welcome (reply, error))
    return NULL;
  doc = hall_reply_check_json (reply, error);
  if (doc == NULL)
    return NULL;

  root = yyjson_doc_get_root (doc);
  has_more = yyjson_obj_get (root, "has_more");
  page->next = g_strdup (yyjson_get_str (yyjson_obj_get (root, "next")));
  page->has_more = yyjson_is_true (has_more);
  if (!yyjson_is_bool (has_more) || !hall_reply_check_is_word (page->next)) {
    hall_reply_check_refuse (error, "not a page of changes");
    return NULL;
  }

  return read_news (page, root, "changes", error) ? g_steal_pointer (&page) : NULL;
}

static HallRequest *
ask_whole (const char *after)
{
  HallRequest     *request = ask ("GET", "/v1/snapshot");
  g_autofree char *escaped = after != NULL ? g_uri_escape_string (after, NULL, FALSE) : NULL;

  request->query = g_strconcat ("limit=" PAGE_LIMIT, escaped != NULL ? "&after=" : NULL, escaped, NULL);

  return request;
}

static HallPage *
read_whole (const HallReply  *reply,
            GError          **error)
{
  g_autoptr (HallPage)   page = hall_page_new ();
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val            *root, *next;

  if (read_start_over (page, reply))
    return g_steal_pointer (&page);
  if (!check_welcome (reply, error))
    return NULL;
  doc = hall_reply_check_json (reply, error);
  if (doc == NULL)
    return NULL;

  root = yyjson_doc_get_root (doc);
  next = yyjson_obj_get (root, "next");
  page->at = g_strdup (yyjson_get_str (yyjson_obj_get (root, "at")));
  page->next = g_strdup (yyjson_get_str (next));
  page->has_more = page->next != NULL;
  if (!hall_reply_check_is_word (page->at) || (!yyjson_is_null (next) && !hall_reply_check_is_word (page->next))) {
    hall_reply_check_refuse (error, "not a page of the whole");
    return NULL;
  }
  if (!read_news (page, root, "rows", error))
    return NULL;

  for (guint i = 0; i < page->news->len; i++)
    if (((HallNews *) g_ptr_array_index (page->news, i))->value == NULL) {
      hall_reply_check_refuse (error, "a deleted row in the whole");
      return NULL;
    }

  return g_steal_pointer (&page);
}

/* Pages follow each other. Only their ends are looked at here; what is wrong with one is found when it is read. */
static HallRequest *
ask_ahead (const HallRequest *request,
           const HallReply   *reply)
{
  gboolean               is_page = g_str_equal (request->path, "/v1/changes");
  gboolean               is_whole = g_str_equal (request->path, "/v1/snapshot");
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val            *root;
  const char            *next;

  if ((!is_page && !is_whole) || reply->status != 200)
    return NULL;

  doc = hall_reply_check_json (reply, NULL);
  root = yyjson_doc_get_root (doc);
  next = yyjson_get_str (yyjson_obj_get (root, "next"));
  if (!hall_reply_check_is_word (next) || (is_page && !yyjson_is_true (yyjson_obj_get (root, "has_more"))))
    return NULL;

  return is_page ? ask_page (next) : ask_whole (next);
}

static char *
row_path (const HallKind *kind,
          const char     *id)
{
  return g_strdup_printf ("/v1/%s/%s", kind->plural, id);
}

static HallRequest *
ask_row (const HallKind *kind,
         const char     *id)
{
  g_autofree char *path = row_path (kind, id);

  return ask ("GET", path);
}

static gboolean
is_not_found (const HallReply *reply)
{
  return reply->status == 404 && hall_hallway_verdict_is_problem (reply);
}

static HallNews *
read_row (const HallKind   *kind,
          const char       *id,
          const HallReply  *reply,
          GError          **error)
{
  if (is_not_found (reply))
    return hall_news_new (kind, id, NULL, NULL);

  return check_welcome (reply, error) ? hall_hallway_verdict_read_row (kind, id, reply, error) : NULL;
}

static char *
write_body (gconstpointer before,
            gconstpointer after)
{
  g_autofree char *change = NULL;

  if (before == NULL)
    return hall_wire_write (after, HALL_WIRE_AS_CLIENT);

  change = hall_wire_write_change (before, after);
  return strcmp (change, "{}") != 0 ? g_steal_pointer (&change) : NULL;
}

static gpointer
read_body (const HallOperation  *operation,
           gconstpointer         before,
           GError              **error)
{
  if (operation->verb == HALL_OPERATION_CREATE)
    return hall_wire_read (operation->kind, operation->body, -1, HALL_WIRE_AS_CLIENT, error);

  return hall_wire_apply_change (before, operation->body, -1, error);
}

static HallRequest *
ask_operation (const HallOperation *operation)
{
  static const char *const methods[] = {
    [HALL_OPERATION_CREATE] = "PUT",
    [HALL_OPERATION_CHANGE] = "PATCH",
    [HALL_OPERATION_REMOVE] = "DELETE",
  };
  g_autofree char *path = row_path (operation->kind, operation->row);
  HallRequest     *request = ask (methods[operation->verb], path);
  g_autofree char *tag = NULL;

  hall_headers_set (request->headers, "Idempotency-Key", operation->id);
  if (operation->verb == HALL_OPERATION_CREATE) {
    hall_headers_set (request->headers, "If-None-Match", "*");
  } else {
    tag = g_strdup_printf ("\"%s\"", operation->base_mark);
    hall_headers_set (request->headers, "If-Match", tag);
  }

  if (operation->body != NULL) {
    hall_headers_set (request->headers, "Content-Type", "application/json");
    request->body = g_bytes_new (operation->body, strlen (operation->body));
  }

  return request;
}

const HallRemote hall_remote_hallway = {
  .service = "hallwayd",
  .ask_session = ask_session,
  .read_session = read_session,
  .ask_page = ask_page,
  .read_page = read_page,
  .ask_whole = ask_whole,
  .read_whole = read_whole,
  .ask_ahead = ask_ahead,
  .ask_row = ask_row,
  .read_row = read_row,
  .write_body = write_body,
  .read_body = read_body,
  .ask_operation = ask_operation,
  .read_verdict = hall_hallway_verdict_read,
};
