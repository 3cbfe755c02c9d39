/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counts what is on its way to the library, and holds back removals until their undo has passed. */
#include "ui/hall-keeper.h"

#include "app/hall-problem.h"
#include "app/hall-revision.h"

struct _HallKeeper {
  GObject        parent_instance;
  HallLibrary   *library;
  char          *zone;
  HallOpenCases *open_cases;   /* NULL until somebody asks */
  guint          under_way;
  GHashTable    *hidden;       /* id (owned) -> its HallKind; NULL once its removal has begun */
  GPtrArray     *settling;     /* GTask that wait until nothing is under way */
  GError        *failure;      /* the first one since somebody began to settle */
  char          *trouble;      /* what was said last and still holds; not to be said again and again */
};

enum { FLUSH, HIDDEN_CHANGED, TROUBLE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallKeeper, hall_keeper, G_TYPE_OBJECT)

static void
finish_settling (HallKeeper *self)
{
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError)    failure = g_steal_pointer (&self->failure);

  if (self->under_way > 0 || self->settling->len == 0)
    return;

  tasks = g_steal_pointer (&self->settling);
  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    if (failure != NULL)
      g_task_return_error (tasks->pdata[i], g_error_copy (failure));
    else
      g_task_return_boolean (tasks->pdata[i], TRUE);
}

static void
on_saved (GObject      *library,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HallKeeper) self = user_data;
  g_autoptr (GError)     error = NULL;

  hall_library_save_finish (HALL_LIBRARY (library), result, &error);
  hall_keeper_end (self, error);
}

static void
on_revised (GObject      *library,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HallKeeper) self = user_data;
  g_autoptr (GError)     error = NULL;

  hall_revision_save_finish (HALL_LIBRARY (library), result, &error);
  hall_keeper_end (self, error);
}

typedef struct {
  HallKeeper *keeper;
  char       *id;
} Removal;

static void
on_removed (GObject      *library,
            GAsyncResult *result,
            gpointer      user_data)
{
  Removal           *removal = user_data;
  g_autoptr (GError) error = NULL;

  if (!hall_library_remove_finish (HALL_LIBRARY (library), result, &error))
    hall_keeper_bring_back (removal->keeper, removal->id);
  hall_keeper_end (removal->keeper, error);

  g_object_unref (removal->keeper);
  g_free (removal->id);
  g_free (removal);
}

static void
hall_keeper_finalize (GObject *object)
{
  HallKeeper *self = HALL_KEEPER (object);

  g_clear_object (&self->open_cases);
  g_clear_object (&self->library);
  g_free (self->zone);
  g_hash_table_unref (self->hidden);
  g_ptr_array_unref (self->settling);
  g_clear_error (&self->failure);
  g_free (self->trouble);

  G_OBJECT_CLASS (hall_keeper_parent_class)->finalize (object);
}

static void
hall_keeper_class_init (HallKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType         type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = hall_keeper_finalize;

  signals[FLUSH] =
    g_signal_new ("flush", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HIDDEN_CHANGED] =
    g_signal_new ("hidden-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TROUBLE] =
    g_signal_new ("trouble", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hall_keeper_init (HallKeeper *self)
{
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * hall_keeper_new:
 * @library: the library that is shown
 * @zone: the host's zone, a name of the tz database
 *
 * Main loop only, as is everything here.
 *
 * Returns: (transfer full): a keeper for one window
 */
HallKeeper *
hall_keeper_new (HallLibrary *library,
                 const char  *zone)
{
  HallKeeper *self;

  g_return_val_if_fail (HALL_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  self = g_object_new (HALL_TYPE_KEEPER, NULL);
  self->library = g_object_ref (library);
  self->zone = g_strdup (zone);

  return self;
}

/**
 * hall_keeper_get_library:
 * @self: a keeper
 *
 * Returns: (transfer none): the library that is shown
 */
HallLibrary *
hall_keeper_get_library (HallKeeper *self)
{
  g_return_val_if_fail (HALL_IS_KEEPER (self), NULL);

  return self->library;
}

/**
 * hall_keeper_get_zone:
 * @self: a keeper
 *
 * Returns: (transfer none): the host's zone, a name of the tz database
 */
const char *
hall_keeper_get_zone (HallKeeper *self)
{
  g_return_val_if_fail (HALL_IS_KEEPER (self), NULL);

  return self->zone;
}

/**
 * hall_keeper_get_now:
 * @self: a keeper
 *
 * Returns: microseconds since 1970 in UTC by the library's clock
 */
gint64
hall_keeper_get_now (HallKeeper *self)
{
  g_return_val_if_fail (HALL_IS_KEEPER (self), 0);

  return hall_clock_now (hall_library_get_clock (self->library));
}

/**
 * hall_keeper_get_open_cases:
 * @self: a keeper
 *
 * Returns: (transfer none): what waits for the host's choice between two versions
 */
HallOpenCases *
hall_keeper_get_open_cases (HallKeeper *self)
{
  g_return_val_if_fail (HALL_IS_KEEPER (self), NULL);

  if (self->open_cases == NULL)
    self->open_cases = hall_open_cases_new (self->library);

  return self->open_cases;
}

/**
 * hall_keeper_save:
 * @self: a keeper
 * @before: (nullable): the value as the host saw it; NULL for a new one
 * @after: what they made of it
 *
 * Saves what the host has done with one click. When it cannot be saved, "trouble" says why.
 */
void
hall_keeper_save (HallKeeper    *self,
                  gconstpointer  before,
                  gconstpointer  after)
{
  g_return_if_fail (HALL_IS_KEEPER (self));
  g_return_if_fail (after != NULL);

  hall_keeper_begin (self);
  if (before != NULL)
    hall_revision_save_async (self->library, before, after, on_revised, g_object_ref (self));
  else
    hall_library_save_async (self->library, after, on_saved, g_object_ref (self));
}

/**
 * hall_keeper_begin:
 * @self: a keeper
 *
 * Says that something is on its way to the library, or waits to be. One hall_keeper_end() follows.
 */
void
hall_keeper_begin (HallKeeper *self)
{
  g_return_if_fail (HALL_IS_KEEPER (self));

  self->under_way++;
}

/**
 * hall_keeper_end:
 * @self: a keeper
 * @error: (nullable): why it did not get there
 *
 * Ends what hall_keeper_begin() began. A trouble that lasts is told once.
 */
void
hall_keeper_end (HallKeeper   *self,
                 const GError *error)
{
  g_return_if_fail (HALL_IS_KEEPER (self));
  g_return_if_fail (self->under_way > 0);

  self->under_way--;
  if (error != NULL && self->settling->len > 0 && self->failure == NULL)
    self->failure = g_error_copy (error);
  if (error != NULL) {
    g_autofree char *sentence = hall_problem_say (error);

    if (g_set_str (&self->trouble, sentence))
      g_signal_emit (self, signals[TROUBLE], 0, sentence);
  } else {
    g_clear_pointer (&self->trouble, g_free);
  }
  if (self->under_way == 0)
    finish_settling (self);
}

/**
 * hall_keeper_hide:
 * @self: a keeper
 * @kind: what is thrown away
 * @id: its id
 *
 * Takes it off the screen. It leaves the library with hall_keeper_remove_hidden() or when the keeper
 * settles, whichever comes first.
 */
void
hall_keeper_hide (HallKeeper     *self,
                  const HallKind *kind,
                  const char     *id)
{
  g_return_if_fail (HALL_IS_KEEPER (self));
  g_return_if_fail (kind != NULL && id != NULL);

  if (g_hash_table_insert (self->hidden, g_strdup (id), (gpointer) kind))
    g_signal_emit (self, signals[HIDDEN_CHANGED], 0, id);
}

/**
 * hall_keeper_bring_back:
 * @self: a keeper
 * @id: the id of something hidden
 *
 * Shows it again; nothing was removed yet.
 */
void
hall_keeper_bring_back (HallKeeper *self,
                        const char *id)
{
  g_autofree char *own = NULL;

  g_return_if_fail (HALL_IS_KEEPER (self));
  g_return_if_fail (id != NULL);

  own = g_strdup (id);
  if (g_hash_table_remove (self->hidden, own))
    g_signal_emit (self, signals[HIDDEN_CHANGED], 0, own);
}

/**
 * hall_keeper_remove_hidden:
 * @self: a keeper
 * @id: the id of something hidden
 *
 * Removes it from the library. It stays hidden, unless that fails. Does nothing when it was brought back.
 */
void
hall_keeper_remove_hidden (HallKeeper *self,
                           const char *id)
{
  const HallKind *kind;
  Removal        *removal;

  g_return_if_fail (HALL_IS_KEEPER (self));
  g_return_if_fail (id != NULL);

  kind = g_hash_table_lookup (self->hidden, id);
  if (kind == NULL)
    return;

  removal = g_new0 (Removal, 1);
  removal->keeper = g_object_ref (self);
  removal->id = g_strdup (id);
  g_hash_table_insert (self->hidden, g_strdup (id), NULL);
  hall_keeper_begin (self);
  hall_library_remove_async (self->library, kind, id, on_removed, removal);
}

/**
 * hall_keeper_hides:
 * @self: a keeper
 * @id: an id
 *
 * Returns: whether the host has thrown it away
 */
gboolean
hall_keeper_hides (HallKeeper *self,
                   const char *id)
{
  g_return_val_if_fail (HALL_IS_KEEPER (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_contains (self->hidden, id);
}

/**
 * hall_keeper_settle_async:
 * @self: a keeper
 * @callback: called when nothing is on its way any more
 * @user_data: for @callback
 *
 * Has everything saved that is not saved yet, and removes what is hidden.
 */
void
hall_keeper_settle_async (HallKeeper          *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autofree gpointer *ids = NULL;
  guint                n_ids;

  g_return_if_fail (HALL_IS_KEEPER (self));

  g_ptr_array_add (self->settling, g_task_new (self, NULL, callback, user_data));

  /* Held while the others are told, so that the first of them to end does not end it all. */
  hall_keeper_begin (self);
  g_signal_emit (self, signals[FLUSH], 0);
  ids = g_hash_table_get_keys_as_array (self->hidden, &n_ids);
  for (guint i = 0; i < n_ids; i++) {
    g_autofree char *id = g_strdup (ids[i]);

    hall_keeper_remove_hidden (self, id);
  }
  hall_keeper_end (self, NULL);
}

/**
 * hall_keeper_settle_finish:
 * @self: a keeper
 * @result: what the callback was given
 * @error: return location for a #GError: why something could not be saved or removed
 *
 * Returns: whether the library has everything
 */
gboolean
hall_keeper_settle_finish (HallKeeper    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (HALL_IS_KEEPER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
