/* SPDX-License-Identifier: GPL-3.0-or-later
 * What hosts type: new rows, and other values for the fields of one. */
#pragma once

#include "world.h"

G_BEGIN_DECLS

SimRow  *sim_pick_row     (SimWorld        *world,
                           SimClient       *client,
                           const HallKind  *kind,
                           gboolean         here);
gpointer sim_value_make   (SimWorld        *world,
                           SimClient       *client);
gboolean sim_value_edit   (SimWorld        *world,
                           SimClient       *client,
                           gpointer         value);
gpointer sim_value_revive (SimClient       *client,
                           const SimRow    *row);

G_END_DECLS
