-- The five tables. Rows are copied in first; constraints.sql adds keys and indexes then.
CREATE SCHEMA catalogue;
CREATE TABLE catalogue.institution (id uuid, slug text COLLATE "C" NOT NULL, name text NOT NULL, kind text NOT NULL, url text);
CREATE TABLE catalogue.skill (id uuid, code text NOT NULL, label text NOT NULL);
CREATE TABLE catalogue.credential (
  id uuid, slug text COLLATE "C" NOT NULL, provider_id uuid NOT NULL, kind text NOT NULL, title text NOT NULL, summary text, url text,
  languages json NOT NULL, audiences json NOT NULL, assessed text NOT NULL, issues_badge text NOT NULL, identifiers json NOT NULL,
  hours_min float8, hours_max float8, weeks float8, credit_value float8, credit_unit text, credit_status text
);
CREATE TABLE catalogue.credential_skill (credential_id uuid, ordinal int, skill_id uuid NOT NULL);
CREATE TABLE catalogue.offering (
  credential_id uuid, ordinal int, ref text NOT NULL, label text, intake text NOT NULL, mode text, attendance json NOT NULL,
  starts_on text, starts_precision text, ends_on text, registration_opens_at text, registration_closes_at text, seats int,
  price_amount text, price_currency text, fees json NOT NULL
);
