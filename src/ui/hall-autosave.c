/* SPDX-License-Identifier: GPL-3.0-or-later
 * Waits for a pause in typing, but not long; one save at a time; tries again after a failure. */
#include "ui/hall-autosave.h"

#include "app/hall-problem.h"
#include "app/hall-revision.h"

/* Milliseconds. What was typed first is handed over after MOST at the latest, which leaves the disk
 * half a second of the two that design.md promises. */
#define PAUSE 500
#define MOST  1500
#define RETRY 5000

struct _HallAutosave {
  GObject           parent_instance;
  HallKeeper       *keeper;
  HallAutosaveMake  make; /* NULL once stopped */
  gpointer          data;
  HallAutosaveState state;
  char             *problem;
  gint64            first; /* monotonic time of the first touch that is not saved; 0 for none */
  guint             timer; /* holds a reference */
  gboolean          held;  /* the keeper was told to wait for this */
  gpointer          base;    /* what the host began to change: the value as it was shown, or last saved */
  gpointer          sending; /* the value that is being saved, or NULL */
  gpointer          last;    /* once stopped: the value that is still to be saved, or NULL */
};

enum { PROP_STATE = 1, PROP_PROBLEM, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (HallAutosave, hall_autosave, G_TYPE_OBJECT)

static void
set_state (HallAutosave      *self,
           HallAutosaveState  state,
           const GError      *error)
{
  g_autofree char *problem = error != NULL ? hall_problem_say (error) : NULL;

  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
  if (self->state != state) {
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  }
}

static void
release (HallAutosave *self,
         const GError *error)
{
  if (!self->held)
    return;

  self->held = FALSE;
  hall_keeper_end (self->keeper, error);
}

static gboolean
on_time (gpointer user_data)
{
  HallAutosave *self = user_data;

  self->timer = 0;
  hall_autosave_flush (self);

  return G_SOURCE_REMOVE;
}

static void
wait_for (HallAutosave *self,
          guint         milliseconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, milliseconds, on_time, g_object_ref (self), g_object_unref);
}

static void
on_saved (GObject      *library,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HallAutosave) self = user_data;
  g_autoptr (HallValue)    sent = g_steal_pointer (&self->sending);
  g_autoptr (GError)       error = NULL;

  if (!hall_revision_save_finish (HALL_LIBRARY (library), result, &error)) {
    if (self->first == 0)
      self->first = g_get_monotonic_time ();
    if (self->make == NULL && self->last == NULL)
      self->last = g_steal_pointer (&sent);
    set_state (self, HALL_AUTOSAVE_FAILED, error);
    release (self, error);
    wait_for (self, RETRY);
    return;
  }

  hall_value_unref (self->base);
  self->base = g_steal_pointer (&sent);
  if (self->first == 0) {
    set_state (self, HALL_AUTOSAVE_SAVED, NULL);
    release (self, NULL);
  } else if (self->timer == 0) {
    /* A flush came while the save before it was under way. */
    hall_autosave_flush (self);
  }
}

static void
hall_autosave_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HallAutosave *self = HALL_AUTOSAVE (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
hall_autosave_dispose (GObject *object)
{
  HallAutosave *self = HALL_AUTOSAVE (object);

  if (self->keeper != NULL)
    release (self, NULL);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_autosave_parent_class)->dispose (object);
}

static void
hall_autosave_finalize (GObject *object)
{
  HallAutosave *self = HALL_AUTOSAVE (object);

  g_free (self->problem);
  hall_value_unref (self->last);
  hall_value_unref (self->base);

  G_OBJECT_CLASS (hall_autosave_parent_class)->finalize (object);
}

static void
hall_autosave_class_init (HallAutosaveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hall_autosave_get_property;
  object_class->dispose = hall_autosave_dispose;
  object_class->finalize = hall_autosave_finalize;

  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, HALL_AUTOSAVE_FAILED, HALL_AUTOSAVE_SAVED,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hall_autosave_init (HallAutosave *self)
{
}

/**
 * hall_autosave_new:
 * @keeper: whom to tell that something is under way
 * @base: the value that is shown
 * @make: makes the value to be saved
 * @data: for @make; has to live until hall_autosave_stop()
 *
 * Main loop only, as is everything here.
 *
 * Returns: (transfer full): an autosave that has nothing to save
 */
HallAutosave *
hall_autosave_new (HallKeeper       *keeper,
                   gconstpointer     base,
                   HallAutosaveMake  make,
                   gpointer          data)
{
  HallAutosave *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (make != NULL, NULL);

  self = g_object_new (HALL_TYPE_AUTOSAVE, NULL);
  self->keeper = g_object_ref (keeper);
  self->base = hall_value_ref (base);
  self->make = make;
  self->data = data;
  g_signal_connect_object (keeper, "flush", G_CALLBACK (hall_autosave_flush), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * hall_autosave_set_base:
 * @self: an autosave that has nothing to save
 * @base: a newer value, which is shown now
 */
void
hall_autosave_set_base (HallAutosave  *self,
                        gconstpointer  base)
{
  g_return_if_fail (HALL_IS_AUTOSAVE (self));
  g_return_if_fail (base != NULL);
  g_return_if_fail (self->state == HALL_AUTOSAVE_SAVED);

  hall_value_ref (base);
  hall_value_unref (self->base);
  self->base = (gpointer) base;
}

/**
 * hall_autosave_touch:
 * @self: an autosave
 *
 * Says that something was typed. It is saved after a short pause, and within two seconds in any case.
 */
void
hall_autosave_touch (HallAutosave *self)
{
  gint64 now;

  g_return_if_fail (HALL_IS_AUTOSAVE (self));
  g_return_if_fail (self->make != NULL);

  now = g_get_monotonic_time ();
  if (self->first == 0)
    self->first = now;
  if (!self->held) {
    self->held = TRUE;
    hall_keeper_begin (self->keeper);
  }
  if (self->state == HALL_AUTOSAVE_SAVED)
    set_state (self, HALL_AUTOSAVE_TOUCHED, NULL);

  wait_for (self, CLAMP (MOST - (now - self->first) / 1000, 0, PAUSE));
}

/**
 * hall_autosave_flush:
 * @self: an autosave
 *
 * Saves what was typed now, as when the focus leaves. Does nothing when everything is saved.
 */
void
hall_autosave_flush (HallAutosave *self)
{
  g_autoptr (HallValue) value = NULL;

  g_return_if_fail (HALL_IS_AUTOSAVE (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->first == 0 || self->sending != NULL)
    return;

  self->first = 0;
  value = self->make != NULL ? self->make (self->base, self->data) : g_steal_pointer (&self->last);
  if (value == NULL) {
    set_state (self, HALL_AUTOSAVE_SAVED, NULL);
    release (self, NULL);
    return;
  }

  if (!self->held) {
    self->held = TRUE;
    hall_keeper_begin (self->keeper);
  }
  self->sending = g_steal_pointer (&value);
  hall_revision_save_async (hall_keeper_get_library (self->keeper), self->base, self->sending, on_saved,
                            g_object_ref (self));
}

/**
 * hall_autosave_stop:
 * @self: an autosave
 *
 * Saves what was typed for the last time, and never asks for a value again: the screen it came from may go.
 */
void
hall_autosave_stop (HallAutosave *self)
{
  g_return_if_fail (HALL_IS_AUTOSAVE (self));
  g_return_if_fail (self->make != NULL);

  hall_autosave_flush (self);
  if (self->first != 0)
    self->last = self->make (self->base, self->data);
  self->make = NULL;
}

/**
 * hall_autosave_get_state:
 * @self: an autosave
 *
 * Returns: how things stand
 */
HallAutosaveState
hall_autosave_get_state (HallAutosave *self)
{
  g_return_val_if_fail (HALL_IS_AUTOSAVE (self), HALL_AUTOSAVE_SAVED);

  return self->state;
}

/**
 * hall_autosave_get_problem:
 * @self: an autosave
 *
 * Returns: (transfer none) (nullable): why the last attempt failed, in a sentence for people
 */
const char *
hall_autosave_get_problem (HallAutosave *self)
{
  g_return_val_if_fail (HALL_IS_AUTOSAVE (self), NULL);

  return self->problem;
}
