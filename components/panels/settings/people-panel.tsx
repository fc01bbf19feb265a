"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { BesideField } from "@/components/ui/beside-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { TextInput } from "@/components/ui/text-input";

const ROLES = ["composer", "approver", "operator", "admin"] as const;
type Role = (typeof ROLES)[number];
const wordsIn = (text: string) => text.split(/[\s,]+/).filter(Boolean);

const asWhat = (roles: readonly string[], groups: readonly string[]) =>
  [roles.join(", ") || "no role", ...(groups.length > 0 ? [`in ${groups.join(", ")}`] : [])].join(" · ");

type Members = readonly { person: string; roles: readonly Role[] }[];
const isAdmin = ({ members }: { members: Members }, me: string) =>
  members.some(({ person, roles }) => person === me && roles.includes("admin"));

/** The organisations that a person belongs to: who is in them, in which roles and groups. */
export function PeoplePanel() {
  const trpc = useTRPC();
  const { id: me } = useAccount();
  const { data: organisations } = useSuspenseQuery(trpc.organisations.list.queryOptions());
  return (
    <Panel title="Organisations">
      <p className="text-muted">
        Your account is <code className="font-mono">{me}</code>. Approvals ask people of an organisation as{" "}
        <code className="font-mono">@group:acme/finance</code> or <code className="font-mono">@role:acme/approver</code>
        .
      </p>
      <Invitations />
      {organisations.map((organisation) => (
        <section key={organisation.id} aria-label={organisation.name} className="mt-4 border-t pt-3">
          <h3 className="font-strong">
            {organisation.name} <span className="font-mono text-12 text-muted">{organisation.id}</span>
          </h3>
          <ul className="mt-2 flex flex-col">
            {organisation.members.map(({ person, name, roles, groups }) => (
              <li key={person} className="flex flex-wrap items-center gap-x-4 border-b py-1 last:border-b-0">
                <span className="min-w-0 flex-1 basis-48 break-words">
                  {name} <span className="font-mono text-12 text-muted">{person}</span>
                </span>
                <span className="text-12 text-muted">{asWhat(roles, groups)}</span>
                {(person === me || isAdmin(organisation, me)) && (
                  <Leave org={organisation.id} person={person} isMe={person === me} />
                )}
              </li>
            ))}
            {organisation.invited.map(({ person, roles, groups, until }) => (
              <li key={person} className="flex flex-wrap items-center gap-x-4 border-b py-1 last:border-b-0">
                <span className="min-w-0 flex-1 basis-48 break-words text-12 text-muted">
                  <span className="block font-mono">{person}</span>
                  invited as {asWhat(roles, groups)}, can answer until <Moment at={until} />
                </span>
                {isAdmin(organisation, me) && <Leave org={organisation.id} person={person} isMe={false} />}
              </li>
            ))}
          </ul>
          {isAdmin(organisation, me) && <PutMember org={organisation.id} />}
        </section>
      ))}
      <Found />
    </Panel>
  );
}

/** Whoever is invited says whether they join: nobody is asked in a role that they never took. */
function Invitations() {
  const trpc = useTRPC();
  const { data: invitations } = useSuspenseQuery(trpc.organisations.invitations.queryOptions());
  const answer = useMutation(trpc.organisations.answerInvitation.mutationOptions(useRefresh()));
  if (invitations.length === 0) return null;
  return (
    <section aria-label="Invitations" className="mt-4 border-t pt-3">
      <h3 className="font-strong">Invitations</h3>
      <ul className="mt-2 flex flex-col">
        {invitations.map(({ org, name, by, roles, groups, until }) => (
          <li key={org} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b py-1 last:border-b-0">
            <span className="min-w-0 flex-1 basis-48 break-words">
              {by} invites you to {name} <span className="font-mono text-12 text-muted">{org}</span> as{" "}
              {asWhat(roles, groups)}.{" "}
              <span className="text-muted">
                It can be answered until <Moment at={until} />.
              </span>
            </span>
            <span className="flex gap-3 max-sm:basis-full">
              <Button
                tone="ghost"
                busy={answer.isPending}
                aria-label={`Do not join ${org}`}
                onClick={() => answer.mutate({ org, joins: false })}
              >
                Decline
              </Button>
              <Button
                busy={answer.isPending}
                aria-label={`Join ${org}`}
                onClick={() => answer.mutate({ org, joins: true })}
              >
                Join
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <ApiFault fault={answer.error} />
    </section>
  );
}

/** Whatever changes an organisation, the list is read again. */
function useRefresh() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return { onSettled: () => queries.invalidateQueries(trpc.organisations.pathFilter()) };
}

function Leave({ org, person, isMe }: { org: string; person: string; isMe: boolean }) {
  const trpc = useTRPC();
  const leave = useMutation(trpc.organisations.change.mutationOptions(useRefresh()));
  return (
    <>
      <Button
        tone="ghost"
        busy={leave.isPending}
        aria-label={isMe ? `Leave ${org}` : `Take ${person} out of ${org}`}
        onClick={() => leave.mutate({ org, change: { gone: person as never } })}
      >
        {isMe ? "Leave" : "Take out"}
      </Button>
      <ApiFault fault={leave.error} />
    </>
  );
}

function PutMember({ org }: { org: string }) {
  const trpc = useTRPC();
  const put = useMutation(trpc.organisations.change.mutationOptions(useRefresh()));
  const [person, setPerson] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>(["approver"]);
  const [groups, setGroups] = useState("");

  function send(event: FormEvent) {
    event.preventDefault();
    put.mutate({ org, change: { person: person.trim() as never, roles: [...roles], groups: wordsIn(groups) } });
  }

  return (
    <form onSubmit={send} className="mt-3 flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Account"
          help="The id of their account, from their settings. They are told, and asked for 14 days whether they join; a member is changed at once."
          required
        >
          <TextInput face="mono" value={person} onChange={(event) => setPerson(event.target.value)} />
        </Field>
        <Field label="Groups" help="Small letters, digits and -, with spaces between.">
          <TextInput face="mono" value={groups} onChange={(event) => setGroups(event.target.value)} />
        </Field>
      </div>
      <fieldset className="flex flex-wrap gap-4">
        <legend className="sr-only">Roles</legend>
        {ROLES.map((role) => (
          <label key={role} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={roles.includes(role)}
              onChange={({ target }) =>
                setRoles(ROLES.filter((each) => (each === role ? target.checked : roles.includes(each))))
              }
            />
            {role}
          </label>
        ))}
      </fieldset>
      <ApiFault fault={put.error} />
      <Button type="submit" busy={put.isPending} className="self-start">
        Invite or change
      </Button>
    </form>
  );
}

function Found() {
  const trpc = useTRPC();
  const [id, setId] = useState("");
  const found = useMutation(trpc.organisations.found.mutationOptions(useRefresh()));
  return (
    <form
      className="mt-4 flex flex-wrap items-start gap-3 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        found.mutate({ id, name: id });
      }}
    >
      <Field label="New organisation" help="Small letters, digits and -: how approvals name it." required>
        <TextInput face="mono" value={id} onChange={(event) => setId(event.target.value)} />
      </Field>
      <BesideField>
        <Button type="submit" busy={found.isPending}>
          Found it
        </Button>
      </BesideField>
      <ApiFault fault={found.error} />
    </form>
  );
}
