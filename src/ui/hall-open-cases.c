/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks the library again whenever a conflict came, moved on or was settled. */
#include "ui/hall-open-cases.h"

#include <string.h>

struct _HallOpenCases {
  GObject       parent_instance;
  HallLibrary  *library;
  GCancellable *cancellable;
  GPtrArray    *cases;   /* of HallSettlerCase, oldest first; replaced, never changed */
  gboolean      loading;
  gboolean      stale;   /* something changed while loading */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallOpenCases, hall_open_cases, G_TYPE_OBJECT)

static void load (HallOpenCases *self);

static void
on_listed (GObject      *library,
           GAsyncResult *result,
           gpointer      user_data)
{
  HallOpenCases        *self;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) cases = hall_settler_list_finish (HALL_LIBRARY (library), result, &error);

  /* The list is gone, and is not to be touched. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  self->loading = FALSE;
  if (cases != NULL && (cases->len > 0 || self->cases->len > 0)) {
    g_ptr_array_unref (self->cases);
    self->cases = g_steal_pointer (&cases);
    g_signal_emit (self, signals[CHANGED], 0);
  }
  if (self->stale)
    load (self);
}

static void
load (HallOpenCases *self)
{
  self->stale = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  hall_settler_list_async (self->library, self->cancellable, on_listed, self);
}

static void
on_library_changed (HallLibrary       *library,
                    const char *const *tables,
                    HallOpenCases     *self)
{
  /* The host edits on while a case is open: that is told by the edit itself. */
  if (g_strv_contains (tables, "conflicts") || (self->cases->len > 0 && g_strv_contains (tables, "outbox")))
    load (self);
}

static void
hall_open_cases_dispose (GObject *object)
{
  HallOpenCases *self = HALL_OPEN_CASES (object);

  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (hall_open_cases_parent_class)->dispose (object);
}

static void
hall_open_cases_finalize (GObject *object)
{
  HallOpenCases *self = HALL_OPEN_CASES (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->cases);

  G_OBJECT_CLASS (hall_open_cases_parent_class)->finalize (object);
}

static void
hall_open_cases_class_init (HallOpenCasesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hall_open_cases_dispose;
  G_OBJECT_CLASS (klass)->finalize = hall_open_cases_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", HALL_TYPE_OPEN_CASES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hall_open_cases_init (HallOpenCases *self)
{
  self->cancellable = g_cancellable_new ();
  self->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_settler_case_free);
}

/**
 * hall_open_cases_new:
 * @library: whose conflicts to follow
 *
 * Main loop only, as is everything here.
 *
 * Returns: (transfer full): a list that is empty until the library has answered
 */
HallOpenCases *
hall_open_cases_new (HallLibrary *library)
{
  HallOpenCases *self;

  g_return_val_if_fail (HALL_IS_LIBRARY (library), NULL);

  self = g_object_new (HALL_TYPE_OPEN_CASES, NULL);
  self->library = g_object_ref (library);
  g_signal_connect (library, "changed", G_CALLBACK (on_library_changed), self);
  load (self);

  return self;
}

/**
 * hall_open_cases_get_list:
 * @self: the open cases
 *
 * A list that is held stays as it is; "changed" tells of a new one.
 *
 * Returns: (transfer none) (element-type HallSettlerCase): all of them, oldest first
 */
GPtrArray *
hall_open_cases_get_list (HallOpenCases *self)
{
  g_return_val_if_fail (HALL_IS_OPEN_CASES (self), NULL);

  return self->cases;
}

/**
 * hall_open_cases_find:
 * @self: the open cases
 * @id: the id of a row, such as a chat
 *
 * Returns: (transfer none) (nullable): the case of that row, until "changed"
 */
const HallSettlerCase *
hall_open_cases_find (HallOpenCases *self,
                      const char    *id)
{
  g_return_val_if_fail (HALL_IS_OPEN_CASES (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->cases->len; i++) {
    const HallSettlerCase *found = self->cases->pdata[i];

    if (strcmp (found->row, id) == 0)
      return found;
  }

  return NULL;
}

static gboolean
is_in_chat (const HallSettlerCase *found,
            const char            *chat)
{
  const HallField *field = hall_kind_find_field (found->kind, "chat");
  gconstpointer    value = found->mine != NULL ? found->mine : found->theirs;

  return field != NULL && value != NULL && g_strcmp0 (hall_value_get_text (value, field), chat) == 0;
}

/**
 * hall_open_cases_find_in:
 * @self: the open cases
 * @id: the id of a chat or of anything else
 *
 * As hall_open_cases_find(); where the row itself has no case, the first one of what belongs to it, such as a
 * guest of the chat.
 *
 * Returns: (transfer none) (nullable): a case, until "changed"
 */
const HallSettlerCase *
hall_open_cases_find_in (HallOpenCases *self,
                         const char    *id)
{
  const HallSettlerCase *own = hall_open_cases_find (self, id);

  if (own != NULL)
    return own;

  for (guint i = 0; i < self->cases->len; i++)
    if (is_in_chat (self->cases->pdata[i], id))
      return self->cases->pdata[i];

  return NULL;
}

/**
 * hall_open_cases_look:
 * @self: the open cases
 *
 * Asks the library anew, as after a choice that came too late.
 */
void
hall_open_cases_look (HallOpenCases *self)
{
  g_return_if_fail (HALL_IS_OPEN_CASES (self));

  load (self);
}
