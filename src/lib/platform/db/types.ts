export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "13"
  }
  public: {
    Tables: {
      answers: {
        Row: {
          answered_at: string
          chosen: number[]
          person_id: string
          question_id: string
          text: string | null
        }
        Insert: {
          answered_at?: string
          chosen?: number[]
          person_id: string
          question_id: string
          text?: string | null
        }
        Update: {
          answered_at?: string
          chosen?: number[]
          person_id?: string
          question_id?: string
          text?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "answers_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "answers_question_id_fkey"
            columns: ["question_id"]
            isOneToOne: false
            referencedRelation: "questions"
            referencedColumns: ["question_id"]
          },
        ]
      }
      areas: {
        Row: {
          area_id: string
          editorial: boolean
          forum_id: string
          name_en: string
          name_fr: string
          position: number
        }
        Insert: {
          area_id?: string
          editorial?: boolean
          forum_id: string
          name_en: string
          name_fr: string
          position: number
        }
        Update: {
          area_id?: string
          editorial?: boolean
          forum_id?: string
          name_en?: string
          name_fr?: string
          position?: number
        }
        Relationships: [
          {
            foreignKeyName: "areas_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
        ]
      }
      committees: {
        Row: {
          closed_to_government: boolean
          committee_id: string
          description_en: string
          description_fr: string
          duties_en: string[]
          duties_fr: string[]
          meets_en: string
          meets_fr: string
          name_en: string
          name_fr: string
          position: number
          slug: string
        }
        Insert: {
          closed_to_government?: boolean
          committee_id?: string
          description_en?: string
          description_fr?: string
          duties_en?: string[]
          duties_fr?: string[]
          meets_en?: string
          meets_fr?: string
          name_en: string
          name_fr: string
          position?: number
          slug: string
        }
        Update: {
          closed_to_government?: boolean
          committee_id?: string
          description_en?: string
          description_fr?: string
          duties_en?: string[]
          duties_fr?: string[]
          meets_en?: string
          meets_fr?: string
          name_en?: string
          name_fr?: string
          position?: number
          slug?: string
        }
        Relationships: []
      }
      forums: {
        Row: {
          archived_at: string | null
          beside_en: string
          beside_fr: string
          beside_url: string
          cancelled_at: string | null
          capacity_in_person: number | null
          capacity_online: number | null
          city: string | null
          date_precision: Database["public"]["Enums"]["date_precision"]
          edits_until: string | null
          ends_on: string
          facts_version: number
          format: Database["public"]["Enums"]["format"]
          forum_id: string
          funders_en: string[]
          funders_fr: string[]
          kind: Database["public"]["Enums"]["forum_kind"]
          name_en: string
          name_fr: string
          objectives_en: string[]
          objectives_fr: string[]
          papers_en: string[]
          papers_fr: string[]
          participants: number | null
          participants_qualifier:
            | Database["public"]["Enums"]["qualifier"]
            | null
          place_en: string
          place_fr: string
          provided_en: string
          provided_fr: string
          province: Database["public"]["Enums"]["province"] | null
          provinces: Database["public"]["Enums"]["province"][]
          published_at: string | null
          registration_closed_at: string | null
          registration_closes_at: string | null
          registration_opens_at: string | null
          sample: boolean
          sectors: string[]
          slug: string
          starts_on: string
          territory_confirmed: boolean
          territory_en: string
          territory_fr: string
          time_zone: string
          version: number
          approval: Database["public"]["Enums"]["approval"] | null
          bursaries_until: string | null
          coverage_shown: Json | null
          fee_choices: Json | null
          feedback_change: Json | null
          has_materials: boolean | null
          invitation: Json | null
          last_change: string | null
          registration_draft: Json | null
          reserves: Json | null
          spots_in_person: Database["public"]["Enums"]["availability"] | null
          spots_online: Database["public"]["Enums"]["availability"] | null
        }
        Insert: {
          archived_at?: string | null
          beside_en?: string
          beside_fr?: string
          beside_url?: string
          cancelled_at?: string | null
          capacity_in_person?: number | null
          capacity_online?: number | null
          city?: string | null
          date_precision?: Database["public"]["Enums"]["date_precision"]
          edits_until?: string | null
          ends_on: string
          facts_version?: number
          format: Database["public"]["Enums"]["format"]
          forum_id?: string
          funders_en?: string[]
          funders_fr?: string[]
          kind?: Database["public"]["Enums"]["forum_kind"]
          name_en: string
          name_fr: string
          objectives_en?: string[]
          objectives_fr?: string[]
          papers_en?: string[]
          papers_fr?: string[]
          participants?: number | null
          participants_qualifier?:
            | Database["public"]["Enums"]["qualifier"]
            | null
          place_en: string
          place_fr: string
          provided_en?: string
          provided_fr?: string
          province?: Database["public"]["Enums"]["province"] | null
          provinces?: Database["public"]["Enums"]["province"][]
          published_at?: string | null
          registration_closed_at?: string | null
          registration_closes_at?: string | null
          registration_opens_at?: string | null
          sample?: boolean
          sectors?: string[]
          slug: string
          starts_on: string
          territory_confirmed?: boolean
          territory_en?: string
          territory_fr?: string
          time_zone?: string
          version?: number
        }
        Update: {
          archived_at?: string | null
          beside_en?: string
          beside_fr?: string
          beside_url?: string
          cancelled_at?: string | null
          capacity_in_person?: number | null
          capacity_online?: number | null
          city?: string | null
          date_precision?: Database["public"]["Enums"]["date_precision"]
          edits_until?: string | null
          ends_on?: string
          facts_version?: number
          format?: Database["public"]["Enums"]["format"]
          forum_id?: string
          funders_en?: string[]
          funders_fr?: string[]
          kind?: Database["public"]["Enums"]["forum_kind"]
          name_en?: string
          name_fr?: string
          objectives_en?: string[]
          objectives_fr?: string[]
          papers_en?: string[]
          papers_fr?: string[]
          participants?: number | null
          participants_qualifier?:
            | Database["public"]["Enums"]["qualifier"]
            | null
          place_en?: string
          place_fr?: string
          provided_en?: string
          provided_fr?: string
          province?: Database["public"]["Enums"]["province"] | null
          provinces?: Database["public"]["Enums"]["province"][]
          published_at?: string | null
          registration_closed_at?: string | null
          registration_closes_at?: string | null
          registration_opens_at?: string | null
          sample?: boolean
          sectors?: string[]
          slug?: string
          starts_on?: string
          territory_confirmed?: boolean
          territory_en?: string
          territory_fr?: string
          time_zone?: string
          version?: number
        }
        Relationships: []
      }
      lineage: {
        Row: {
          absent_from: string | null
          editorial: boolean
          from_id: string
          lineage_id: string
          note_en: string
          note_fr: string
          relation: Database["public"]["Enums"]["relation"]
          to_id: string | null
        }
        Insert: {
          absent_from?: string | null
          editorial?: boolean
          from_id: string
          lineage_id?: string
          note_en?: string
          note_fr?: string
          relation: Database["public"]["Enums"]["relation"]
          to_id?: string | null
        }
        Update: {
          absent_from?: string | null
          editorial?: boolean
          from_id?: string
          lineage_id?: string
          note_en?: string
          note_fr?: string
          relation?: Database["public"]["Enums"]["relation"]
          to_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "lineage_absent_from_fkey"
            columns: ["absent_from"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
          {
            foreignKeyName: "lineage_from_id_fkey"
            columns: ["from_id"]
            isOneToOne: false
            referencedRelation: "priorities"
            referencedColumns: ["priority_id"]
          },
          {
            foreignKeyName: "lineage_to_id_fkey"
            columns: ["to_id"]
            isOneToOne: false
            referencedRelation: "priorities"
            referencedColumns: ["priority_id"]
          },
        ]
      }
      memberships: {
        Row: {
          committee_id: string
          duty: Database["public"]["Enums"]["duty"]
          ends_at: string | null
          membership_id: string
          person_id: string
          seat_id: string | null
          starts_at: string
        }
        Insert: {
          committee_id: string
          duty?: Database["public"]["Enums"]["duty"]
          ends_at?: string | null
          membership_id?: string
          person_id: string
          seat_id?: string | null
          starts_at?: string
        }
        Update: {
          committee_id?: string
          duty?: Database["public"]["Enums"]["duty"]
          ends_at?: string | null
          membership_id?: string
          person_id?: string
          seat_id?: string | null
          starts_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "memberships_committee_id_fkey"
            columns: ["committee_id"]
            isOneToOne: false
            referencedRelation: "committees"
            referencedColumns: ["committee_id"]
          },
          {
            foreignKeyName: "memberships_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "memberships_seat_id_fkey"
            columns: ["seat_id"]
            isOneToOne: false
            referencedRelation: "seats"
            referencedColumns: ["seat_id"]
          },
        ]
      }
      organizations: {
        Row: {
          affiliation: Database["public"]["Enums"]["affiliation"]
          city: string | null
          languages: string[]
          mandate_en: string
          mandate_fr: string
          name_en: string
          name_fr: string
          organization_id: string
          province: Database["public"]["Enums"]["province"] | null
          sample: boolean
          serves: Database["public"]["Enums"]["province"][]
        }
        Insert: {
          affiliation?: Database["public"]["Enums"]["affiliation"]
          city?: string | null
          languages?: string[]
          mandate_en?: string
          mandate_fr?: string
          name_en: string
          name_fr: string
          organization_id?: string
          province?: Database["public"]["Enums"]["province"] | null
          sample?: boolean
          serves?: Database["public"]["Enums"]["province"][]
        }
        Update: {
          affiliation?: Database["public"]["Enums"]["affiliation"]
          city?: string | null
          languages?: string[]
          mandate_en?: string
          mandate_fr?: string
          name_en?: string
          name_fr?: string
          organization_id?: string
          province?: Database["public"]["Enums"]["province"] | null
          sample?: boolean
          serves?: Database["public"]["Enums"]["province"][]
        }
        Relationships: []
      }
      people: {
        Row: {
          approved_at: string | null
          created_at: string
          language: Database["public"]["Enums"]["language"]
          name: string
          organization_id: string | null
          organization_name: string | null
          person_id: string
          province: Database["public"]["Enums"]["province"] | null
          sector: string | null
          suspended_at: string | null
          suspended_reason: string | null
        }
        Insert: {
          approved_at?: string | null
          created_at?: string
          language: Database["public"]["Enums"]["language"]
          name: string
          organization_id?: string | null
          organization_name?: string | null
          person_id: string
          province?: Database["public"]["Enums"]["province"] | null
          sector?: string | null
          suspended_at?: string | null
          suspended_reason?: string | null
        }
        Update: {
          approved_at?: string | null
          created_at?: string
          language?: Database["public"]["Enums"]["language"]
          name?: string
          organization_id?: string | null
          organization_name?: string | null
          person_id?: string
          province?: Database["public"]["Enums"]["province"] | null
          sector?: string | null
          suspended_at?: string | null
          suspended_reason?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "people_organization_id_fkey"
            columns: ["organization_id"]
            isOneToOne: false
            referencedRelation: "organizations"
            referencedColumns: ["organization_id"]
          },
          {
            foreignKeyName: "people_sector_fkey"
            columns: ["sector"]
            isOneToOne: false
            referencedRelation: "sectors"
            referencedColumns: ["sector"]
          },
        ]
      }
      posts: {
        Row: {
          author_id: string | null
          body: string
          client_key: string
          created_at: string
          deleted_at: string | null
          edited_at: string | null
          language: Database["public"]["Enums"]["language"]
          number: number
          post_id: string
          thread_id: string
          version: number
        }
        Insert: {
          author_id?: string | null
          body: string
          client_key: string
          created_at?: string
          deleted_at?: string | null
          edited_at?: string | null
          language: Database["public"]["Enums"]["language"]
          number: number
          post_id?: string
          thread_id: string
          version?: number
        }
        Update: {
          author_id?: string | null
          body?: string
          client_key?: string
          created_at?: string
          deleted_at?: string | null
          edited_at?: string | null
          language?: Database["public"]["Enums"]["language"]
          number?: number
          post_id?: string
          thread_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "posts_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "posts_thread_id_fkey"
            columns: ["thread_id"]
            isOneToOne: false
            referencedRelation: "threads"
            referencedColumns: ["thread_id"]
          },
        ]
      }
      preferences: {
        Row: {
          discreet: boolean
          person_id: string
        }
        Insert: {
          discreet?: boolean
          person_id: string
        }
        Update: {
          discreet?: boolean
          person_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "preferences_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: true
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
        ]
      }
      priorities: {
        Row: {
          area_id: string
          forum_id: string
          kind: Database["public"]["Enums"]["priority_kind"]
          parent_id: string | null
          position: number
          priority_id: string
          progress: Database["public"]["Enums"]["progress"]
          progress_note_en: string
          progress_note_fr: string
          title_en: string
          title_fr: string
        }
        Insert: {
          area_id: string
          forum_id: string
          kind?: Database["public"]["Enums"]["priority_kind"]
          parent_id?: string | null
          position: number
          priority_id?: string
          progress?: Database["public"]["Enums"]["progress"]
          progress_note_en?: string
          progress_note_fr?: string
          title_en: string
          title_fr: string
        }
        Update: {
          area_id?: string
          forum_id?: string
          kind?: Database["public"]["Enums"]["priority_kind"]
          parent_id?: string | null
          position?: number
          priority_id?: string
          progress?: Database["public"]["Enums"]["progress"]
          progress_note_en?: string
          progress_note_fr?: string
          title_en?: string
          title_fr?: string
        }
        Relationships: [
          {
            foreignKeyName: "priorities_area_of_forum"
            columns: ["area_id", "forum_id"]
            isOneToOne: false
            referencedRelation: "areas"
            referencedColumns: ["area_id", "forum_id"]
          },
          {
            foreignKeyName: "priorities_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
          {
            foreignKeyName: "priorities_parent_of_forum"
            columns: ["parent_id", "forum_id"]
            isOneToOne: false
            referencedRelation: "priorities"
            referencedColumns: ["priority_id", "forum_id"]
          },
        ]
      }
      program_releases: {
        Row: {
          changes: NonNullable<Json>
          forum_id: string
          note_en: string
          note_fr: string
          number: number
          released_at: string
          since: NonNullable<Json>
        }
        Insert: {
          changes?: NonNullable<Json>
          forum_id: string
          note_en?: string
          note_fr?: string
          number: number
          released_at?: string
          since?: NonNullable<Json>
        }
        Update: {
          changes?: NonNullable<Json>
          forum_id?: string
          note_en?: string
          note_fr?: string
          number?: number
          released_at?: string
          since?: NonNullable<Json>
        }
        Relationships: [
          {
            foreignKeyName: "program_releases_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
        ]
      }
      questions: {
        Row: {
          forum_id: string
          help_en: string
          help_fr: string
          hidden_at: string | null
          kind: Database["public"]["Enums"]["question_kind"]
          options_en: string[]
          options_fr: string[]
          position: number
          question_id: string
          required: boolean
          text_en: string
          text_fr: string
          version: number
          answered_by: number | null
        }
        Insert: {
          forum_id: string
          help_en?: string
          help_fr?: string
          hidden_at?: string | null
          kind: Database["public"]["Enums"]["question_kind"]
          options_en?: string[]
          options_fr?: string[]
          position: number
          question_id?: string
          required?: boolean
          text_en: string
          text_fr: string
          version?: number
        }
        Update: {
          forum_id?: string
          help_en?: string
          help_fr?: string
          hidden_at?: string | null
          kind?: Database["public"]["Enums"]["question_kind"]
          options_en?: string[]
          options_fr?: string[]
          position?: number
          question_id?: string
          required?: boolean
          text_en?: string
          text_fr?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "questions_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
        ]
      }
      read_marks: {
        Row: {
          number: number
          person_id: string
          thread_id: string
        }
        Insert: {
          number: number
          person_id: string
          thread_id: string
        }
        Update: {
          number?: number
          person_id?: string
          thread_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "read_marks_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "read_marks_thread_id_fkey"
            columns: ["thread_id"]
            isOneToOne: false
            referencedRelation: "threads"
            referencedColumns: ["thread_id"]
          },
        ]
      }
      registrations: {
        Row: {
          badge_name: string | null
          calendar_sequence: number
          confirmed_at: string | null
          forum_id: string
          joined_at: string
          language: Database["public"]["Enums"]["language"]
          mode: Database["public"]["Enums"]["mode"]
          name: string
          organization_name: string | null
          over_capacity: boolean
          person_id: string
          province: Database["public"]["Enums"]["province"]
          queued_at: string
          registration_id: string
          sector: string
          silent_since: string | null
          status: Database["public"]["Enums"]["registration_status"]
          bursary: Json | null
          fee: Json | null
          handed_to: string | null
          my_check_in: Json | null
          offer: Json | null
          refusal_reason: string | null
          visibility: Json | null
          waitlist_position: number | null
        }
        Insert: {
          badge_name?: string | null
          calendar_sequence?: number
          confirmed_at?: string | null
          forum_id: string
          joined_at?: string
          language: Database["public"]["Enums"]["language"]
          mode: Database["public"]["Enums"]["mode"]
          name: string
          organization_name?: string | null
          over_capacity?: boolean
          person_id: string
          province: Database["public"]["Enums"]["province"]
          queued_at?: string
          registration_id?: string
          sector: string
          silent_since?: string | null
          status: Database["public"]["Enums"]["registration_status"]
        }
        Update: {
          badge_name?: string | null
          calendar_sequence?: number
          confirmed_at?: string | null
          forum_id?: string
          joined_at?: string
          language?: Database["public"]["Enums"]["language"]
          mode?: Database["public"]["Enums"]["mode"]
          name?: string
          organization_name?: string | null
          over_capacity?: boolean
          person_id?: string
          province?: Database["public"]["Enums"]["province"]
          queued_at?: string
          registration_id?: string
          sector?: string
          silent_since?: string | null
          status?: Database["public"]["Enums"]["registration_status"]
        }
        Relationships: [
          {
            foreignKeyName: "registrations_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
          {
            foreignKeyName: "registrations_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "registrations_sector_fkey"
            columns: ["sector"]
            isOneToOne: false
            referencedRelation: "sectors"
            referencedColumns: ["sector"]
          },
        ]
      }
      report_corrections: {
        Row: {
          correction_id: string
          made_at: string
          note_en: string
          note_fr: string
          report_id: string
          version: number
        }
        Insert: {
          correction_id?: string
          made_at?: string
          note_en?: string
          note_fr?: string
          report_id: string
          version: number
        }
        Update: {
          correction_id?: string
          made_at?: string
          note_en?: string
          note_fr?: string
          report_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "report_corrections_report_id_fkey"
            columns: ["report_id"]
            isOneToOne: false
            referencedRelation: "reports"
            referencedColumns: ["report_id"]
          },
        ]
      }
      reports: {
        Row: {
          body_en: string
          body_fr: string
          forum_id: string
          kind: Database["public"]["Enums"]["report_kind"]
          published_at: string | null
          published_precision:
            | Database["public"]["Enums"]["date_precision"]
            | null
          report_id: string
          sample: boolean
          snapshot: Json | null
          title_en: string
          title_fr: string
          version: number
        }
        Insert: {
          body_en?: string
          body_fr?: string
          forum_id: string
          kind?: Database["public"]["Enums"]["report_kind"]
          published_at?: string | null
          published_precision?:
            | Database["public"]["Enums"]["date_precision"]
            | null
          report_id?: string
          sample?: boolean
          snapshot?: Json | null
          title_en?: string
          title_fr?: string
          version?: number
        }
        Update: {
          body_en?: string
          body_fr?: string
          forum_id?: string
          kind?: Database["public"]["Enums"]["report_kind"]
          published_at?: string | null
          published_precision?:
            | Database["public"]["Enums"]["date_precision"]
            | null
          report_id?: string
          sample?: boolean
          snapshot?: Json | null
          title_en?: string
          title_fr?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "reports_forum_and_sample"
            columns: ["forum_id", "sample"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id", "sample"]
          },
        ]
      }
      requests: {
        Row: {
          about: string
          committee_ids: string[]
          decided_at: string | null
          forum_id: string | null
          help: Database["public"]["Enums"]["help"][]
          note: string
          person_id: string
          reason: string | null
          request_id: string
          sent_at: string
          version: number
        }
        Insert: {
          about?: string
          committee_ids?: string[]
          decided_at?: string | null
          forum_id?: string | null
          help?: Database["public"]["Enums"]["help"][]
          note?: string
          person_id: string
          reason?: string | null
          request_id?: string
          sent_at?: string
          version?: number
        }
        Update: {
          about?: string
          committee_ids?: string[]
          decided_at?: string | null
          forum_id?: string | null
          help?: Database["public"]["Enums"]["help"][]
          note?: string
          person_id?: string
          reason?: string | null
          request_id?: string
          sent_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "requests_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
          {
            foreignKeyName: "requests_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
        ]
      }
      results: {
        Row: {
          picks: number
          priority_id: string
          rank: number
          stars: number
          tied: boolean
          vote_id: string
        }
        Insert: {
          picks: number
          priority_id: string
          rank: number
          stars: number
          tied: boolean
          vote_id: string
        }
        Update: {
          picks?: number
          priority_id?: string
          rank?: number
          stars?: number
          tied?: boolean
          vote_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "results_of_item"
            columns: ["vote_id", "priority_id"]
            isOneToOne: true
            referencedRelation: "vote_items"
            referencedColumns: ["vote_id", "priority_id"]
          },
        ]
      }
      seats: {
        Row: {
          committee_id: string
          held: boolean
          label_en: string
          label_fr: string
          position: number
          province: Database["public"]["Enums"]["province"] | null
          sample: boolean
          seat_id: string
        }
        Insert: {
          committee_id: string
          held?: boolean
          label_en: string
          label_fr: string
          position?: number
          province?: Database["public"]["Enums"]["province"] | null
          sample?: boolean
          seat_id?: string
        }
        Update: {
          committee_id?: string
          held?: boolean
          label_en?: string
          label_fr?: string
          position?: number
          province?: Database["public"]["Enums"]["province"] | null
          sample?: boolean
          seat_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "seats_committee_id_fkey"
            columns: ["committee_id"]
            isOneToOne: false
            referencedRelation: "committees"
            referencedColumns: ["committee_id"]
          },
        ]
      }
      sectors: {
        Row: {
          added_at: string | null
          counts_as_government: boolean
          name_en: string
          name_fr: string
          position: number
          retired_at: string | null
          sector: string
          version: number
        }
        Insert: {
          added_at?: string | null
          counts_as_government: boolean
          name_en: string
          name_fr: string
          position: number
          retired_at?: string | null
          sector: string
          version?: number
        }
        Update: {
          added_at?: string | null
          counts_as_government?: boolean
          name_en?: string
          name_fr?: string
          position?: number
          retired_at?: string | null
          sector?: string
          version?: number
        }
        Relationships: []
      }
      session_drafts: {
        Row: {
          capacity: number | null
          closed_to_government: boolean
          ends_at: string | null
          format: Database["public"]["Enums"]["format"] | null
          forum_id: string
          interpretation: Database["public"]["Enums"]["interpretation"] | null
          kind: Database["public"]["Enums"]["session_kind"]
          language: Database["public"]["Enums"]["session_language"] | null
          position: number
          room_en: string
          room_fr: string
          session_id: string
          sign_up: boolean
          starts_at: string | null
          summary_en: string
          summary_fr: string
          title_en: string
          title_fr: string
          version: number
        }
        Insert: {
          capacity?: number | null
          closed_to_government?: boolean
          ends_at?: string | null
          format?: Database["public"]["Enums"]["format"] | null
          forum_id: string
          interpretation?: Database["public"]["Enums"]["interpretation"] | null
          kind: Database["public"]["Enums"]["session_kind"]
          language?: Database["public"]["Enums"]["session_language"] | null
          position: number
          room_en?: string
          room_fr?: string
          session_id?: string
          sign_up?: boolean
          starts_at?: string | null
          summary_en?: string
          summary_fr?: string
          title_en: string
          title_fr: string
          version?: number
        }
        Update: {
          capacity?: number | null
          closed_to_government?: boolean
          ends_at?: string | null
          format?: Database["public"]["Enums"]["format"] | null
          forum_id?: string
          interpretation?: Database["public"]["Enums"]["interpretation"] | null
          kind?: Database["public"]["Enums"]["session_kind"]
          language?: Database["public"]["Enums"]["session_language"] | null
          position?: number
          room_en?: string
          room_fr?: string
          session_id?: string
          sign_up?: boolean
          starts_at?: string | null
          summary_en?: string
          summary_fr?: string
          title_en?: string
          title_fr?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "session_drafts_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
        ]
      }
      session_waits: {
        Row: {
          forum_id: string
          offered_until: string | null
          person_id: string
          queued_at: string
          session_id: string
          wait_id: string
        }
        Insert: {
          forum_id: string
          offered_until?: string | null
          person_id: string
          queued_at?: string
          session_id: string
          wait_id?: string
        }
        Update: {
          forum_id?: string
          offered_until?: string | null
          person_id?: string
          queued_at?: string
          session_id?: string
          wait_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "session_waits_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
          {
            foreignKeyName: "session_waits_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "session_waits_session_id_fkey"
            columns: ["session_id"]
            isOneToOne: false
            referencedRelation: "sessions"
            referencedColumns: ["session_id"]
          },
        ]
      }
      sessions: {
        Row: {
          capacity: number | null
          closed_to_government: boolean
          ends_at: string | null
          format: Database["public"]["Enums"]["format"] | null
          forum_id: string
          interpretation: Database["public"]["Enums"]["interpretation"] | null
          kind: Database["public"]["Enums"]["session_kind"]
          language: Database["public"]["Enums"]["session_language"] | null
          position: number
          room_en: string
          room_fr: string
          session_id: string
          sign_up: boolean
          starts_at: string | null
          summary_en: string
          summary_fr: string
          title_en: string
          title_fr: string
          version: number
          spots_left: Database["public"]["Enums"]["availability"] | null
          waiting: number | null
        }
        Insert: {
          capacity?: number | null
          closed_to_government?: boolean
          ends_at?: string | null
          format?: Database["public"]["Enums"]["format"] | null
          forum_id: string
          interpretation?: Database["public"]["Enums"]["interpretation"] | null
          kind: Database["public"]["Enums"]["session_kind"]
          language?: Database["public"]["Enums"]["session_language"] | null
          position: number
          room_en?: string
          room_fr?: string
          session_id?: string
          sign_up?: boolean
          starts_at?: string | null
          summary_en?: string
          summary_fr?: string
          title_en: string
          title_fr: string
          version?: number
        }
        Update: {
          capacity?: number | null
          closed_to_government?: boolean
          ends_at?: string | null
          format?: Database["public"]["Enums"]["format"] | null
          forum_id?: string
          interpretation?: Database["public"]["Enums"]["interpretation"] | null
          kind?: Database["public"]["Enums"]["session_kind"]
          language?: Database["public"]["Enums"]["session_language"] | null
          position?: number
          room_en?: string
          room_fr?: string
          session_id?: string
          sign_up?: boolean
          starts_at?: string | null
          summary_en?: string
          summary_fr?: string
          title_en?: string
          title_fr?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "sessions_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
        ]
      }
      signups: {
        Row: {
          during: unknown
          forum_id: string
          person_id: string
          session_id: string
          signed_up_at: string
          signup_id: string
        }
        Insert: {
          during: unknown
          forum_id: string
          person_id: string
          session_id: string
          signed_up_at?: string
          signup_id?: string
        }
        Update: {
          during?: unknown
          forum_id?: string
          person_id?: string
          session_id?: string
          signed_up_at?: string
          signup_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "signups_forum_id_fkey"
            columns: ["forum_id"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id"]
          },
          {
            foreignKeyName: "signups_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "signups_session_id_fkey"
            columns: ["session_id"]
            isOneToOne: false
            referencedRelation: "sessions"
            referencedColumns: ["session_id"]
          },
        ]
      }
      thread_committees: {
        Row: {
          committee_id: string
          last_post_at: string
          pinned_at: string | null
          thread_id: string
        }
        Insert: {
          committee_id: string
          last_post_at?: string
          pinned_at?: string | null
          thread_id: string
        }
        Update: {
          committee_id?: string
          last_post_at?: string
          pinned_at?: string | null
          thread_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "thread_committees_committee_id_fkey"
            columns: ["committee_id"]
            isOneToOne: false
            referencedRelation: "committees"
            referencedColumns: ["committee_id"]
          },
          {
            foreignKeyName: "thread_committees_thread_id_fkey"
            columns: ["thread_id"]
            isOneToOne: false
            referencedRelation: "threads"
            referencedColumns: ["thread_id"]
          },
        ]
      }
      threads: {
        Row: {
          author_id: string | null
          closed_at: string | null
          closed_to_government: boolean
          committee_ids: string[]
          created_at: string
          language: Database["public"]["Enums"]["language"]
          last_post_at: string
          pinned_at: string | null
          posts_count: number
          thread_id: string
          title: string
          unread: number | null
        }
        Insert: {
          author_id?: string | null
          closed_at?: string | null
          closed_to_government?: boolean
          committee_ids?: string[]
          created_at?: string
          language: Database["public"]["Enums"]["language"]
          last_post_at?: string
          pinned_at?: string | null
          posts_count?: number
          thread_id?: string
          title: string
        }
        Update: {
          author_id?: string | null
          closed_at?: string | null
          closed_to_government?: boolean
          committee_ids?: string[]
          created_at?: string
          language?: Database["public"]["Enums"]["language"]
          last_post_at?: string
          pinned_at?: string | null
          posts_count?: number
          thread_id?: string
          title?: string
        }
        Relationships: [
          {
            foreignKeyName: "threads_author_id_fkey"
            columns: ["author_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
        ]
      }
      vote_items: {
        Row: {
          area_en: string
          area_fr: string
          points_en: string[]
          points_fr: string[]
          position: number
          priority_id: string
          title_en: string
          title_fr: string
          vote_id: string
        }
        Insert: {
          area_en: string
          area_fr: string
          points_en?: string[]
          points_fr?: string[]
          position: number
          priority_id: string
          title_en: string
          title_fr: string
          vote_id: string
        }
        Update: {
          area_en?: string
          area_fr?: string
          points_en?: string[]
          points_fr?: string[]
          position?: number
          priority_id?: string
          title_en?: string
          title_fr?: string
          vote_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "vote_items_of_list"
            columns: ["priority_id"]
            isOneToOne: false
            referencedRelation: "priorities"
            referencedColumns: ["priority_id"]
          },
          {
            foreignKeyName: "vote_items_vote_id_fkey"
            columns: ["vote_id"]
            isOneToOne: false
            referencedRelation: "votes"
            referencedColumns: ["vote_id"]
          },
        ]
      }
      votes: {
        Row: {
          ballots_cast: number | null
          ballots_none: number | null
          choices: number
          closes_at: string
          counted_at: string | null
          fingerprint: string | null
          forum_id: string
          mode: Database["public"]["Enums"]["ballot_mode"]
          opens_at: string
          quorum: number
          sample: boolean
          sectors: string[]
          stars: number
          title_en: string
          title_fr: string
          vote_id: string
          voters_count: number
          turnout: number | null
        }
        Insert: {
          ballots_cast?: number | null
          ballots_none?: number | null
          choices: number
          closes_at: string
          counted_at?: string | null
          fingerprint?: string | null
          forum_id: string
          mode?: Database["public"]["Enums"]["ballot_mode"]
          opens_at?: string
          quorum?: number
          sample?: boolean
          sectors: string[]
          stars?: number
          title_en: string
          title_fr: string
          vote_id?: string
          voters_count?: number
        }
        Update: {
          ballots_cast?: number | null
          ballots_none?: number | null
          choices?: number
          closes_at?: string
          counted_at?: string | null
          fingerprint?: string | null
          forum_id?: string
          mode?: Database["public"]["Enums"]["ballot_mode"]
          opens_at?: string
          quorum?: number
          sample?: boolean
          sectors?: string[]
          stars?: number
          title_en?: string
          title_fr?: string
          vote_id?: string
          voters_count?: number
        }
        Relationships: [
          {
            foreignKeyName: "votes_forum_and_sample"
            columns: ["forum_id", "sample"]
            isOneToOne: false
            referencedRelation: "forums"
            referencedColumns: ["forum_id", "sample"]
          },
        ]
      }
    }
    Views: {
      current_memberships: {
        Row: {
          committee_id: string | null
          duty: Database["public"]["Enums"]["duty"] | null
          ends_at: string | null
          membership_id: string | null
          person_id: string | null
          seat_id: string | null
          starts_at: string | null
        }
        Insert: {
          committee_id?: string | null
          duty?: Database["public"]["Enums"]["duty"] | null
          ends_at?: string | null
          membership_id?: string | null
          person_id?: string | null
          seat_id?: string | null
          starts_at?: string | null
        }
        Update: {
          committee_id?: string | null
          duty?: Database["public"]["Enums"]["duty"] | null
          ends_at?: string | null
          membership_id?: string | null
          person_id?: string | null
          seat_id?: string | null
          starts_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "memberships_committee_id_fkey"
            columns: ["committee_id"]
            isOneToOne: false
            referencedRelation: "committees"
            referencedColumns: ["committee_id"]
          },
          {
            foreignKeyName: "memberships_person_id_fkey"
            columns: ["person_id"]
            isOneToOne: false
            referencedRelation: "people"
            referencedColumns: ["person_id"]
          },
          {
            foreignKeyName: "memberships_seat_id_fkey"
            columns: ["seat_id"]
            isOneToOne: false
            referencedRelation: "seats"
            referencedColumns: ["seat_id"]
          },
        ]
      }
    }
    Functions: {
      accept_apart: {
        Args: { person_id: string; request_id: string }
        Returns: undefined
      }
      accept_request: {
        Args: { committees: string[]; request_id: string; version: number }
        Returns: undefined
      }
      accept_spot: { Args: { forum_id: string }; Returns: string }
      add_area: {
        Args: { forum_id: string; name_en: string; name_fr: string }
        Returns: string
      }
      add_material: {
        Args: {
          audience: Database["public"]["Enums"]["material_audience"]
          bytes: number
          file_id: string
          forum_id: string
          language: Database["public"]["Enums"]["session_language"]
          material_id: string
          session_id: string
          title_en: string
          title_fr: string
          type: Database["public"]["Enums"]["material_type"]
          url: string
        }
        Returns: boolean
      }
      add_organization: {
        Args: { name_en: string; name_fr: string }
        Returns: string
      }
      add_priority: {
        Args: {
          area_id: string
          parent_id: string
          title_en: string
          title_fr: string
        }
        Returns: string
      }
      add_reserve: {
        Args: {
          forum_id: string
          mode: Database["public"]["Enums"]["mode"]
          provinces: Database["public"]["Enums"]["province"][]
          releases_on: string
          sectors: string[]
          spots: number
        }
        Returns: undefined
      }
      add_sector: {
        Args: {
          after: string
          counts_as_government: boolean
          name_en: string
          name_fr: string
        }
        Returns: string
      }
      add_theme: {
        Args: {
          forum_id: string
          theme_id: string
          title_en: string
          title_fr: string
        }
        Returns: undefined
      }
      add_walk_in: {
        Args: {
          account: string
          forum_id: string
          language: Database["public"]["Enums"]["language"]
          mode: Database["public"]["Enums"]["mode"]
          name: string
          organization_name: string
          over_capacity: boolean
          province: Database["public"]["Enums"]["province"]
          reason: string
          scan_id: string
          sector: string
        }
        Returns: Json
      }
      answered_by: {
        Args: { "": Database["public"]["Tables"]["questions"]["Row"] }
        Returns: {
          error: true
        } & "the function public.answered_by with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      approval: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.approval with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      approve_person: { Args: { person_id: string }; Returns: undefined }
      approve_registrations: {
        Args: {
          forum_id: string
          over_capacity: boolean
          reason: string
          registration_ids: string[]
        }
        Returns: {
          decided: boolean
          registration_id: string
          status: Database["public"]["Enums"]["registration_status"]
        }[]
      }
      ask_apart: {
        Args: {
          about: Database["public"]["Enums"]["apart_about"]
          forum_id: string
          organization_id: string
          sector: string
          words: string
        }
        Returns: undefined
      }
      ask_to_join: {
        Args: { about: string; committees: string[]; request_id: string }
        Returns: undefined
      }
      audit_list: {
        Args: {
          action: string
          after: string
          name: string
          person: string
          since: string
          until: string
        }
        Returns: Json
      }
      bursaries_for_organizers: {
        Args: { after?: string; decided?: boolean; slug: string }
        Returns: Json
      }
      bursaries_until: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.bursaries_until with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      bursary: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.bursary with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      calendar_feed: { Args: { token: string }; Returns: Json }
      cancel_forum: { Args: { forum_id: string }; Returns: undefined }
      cancel_registration: { Args: { forum_id: string }; Returns: undefined }
      cancel_registrations: {
        Args: { forum_id: string; reason: string; registration_ids: string[] }
        Returns: number
      }
      cancel_signup: { Args: { session_id: string }; Returns: undefined }
      cast_ballot: {
        Args: {
          key: string
          none_of_these: boolean
          picks: string[]
          stars: string[]
          vote_id: string
        }
        Returns: undefined
      }
      change_mode: {
        Args: { forum_id: string; mode: Database["public"]["Enums"]["mode"] }
        Returns: undefined
      }
      check_in: {
        Args: {
          at?: string
          code?: string
          forum_id: string
          registration_id?: string
          scan_id: string
          sent_at?: string
        }
        Returns: Json
      }
      check_in_list: {
        Args: {
          forum_id: string
          registration_ids: string[]
          scan_ids: string[]
        }
        Returns: Json
      }
      check_in_page: {
        Args: {
          after?: string
          scan_id?: string
          search?: string
          slug: string
        }
        Returns: Json
      }
      check_in_sheet: { Args: { after?: string; slug: string }; Returns: Json }
      choose_fee: {
        Args: { category_id: string; forum_id: string; invoice: string }
        Returns: undefined
      }
      claim_jobs: {
        Args: { how_many: number; kinds: string[]; lease_seconds: number }
        Returns: {
          attempt: number
          job_id: number
          kind: string
          payload: Json
        }[]
      }
      clone_forum: {
        Args: { copy_id: string; forum_id: string; starts_on: string }
        Returns: string
      }
      committee_page: {
        Args: {
          before?: string
          before_thread?: string
          page?: number
          slug: string
        }
        Returns: Json
      }
      confirm_points: {
        Args: { answers: Json; session_id: string }
        Returns: undefined
      }
      confirmation_page: {
        Args: { session_id: string; slug: string }
        Returns: Json
      }
      confirmed_pairs: { Args: { slug: string }; Returns: Json }
      correct_report: {
        Args: {
          body_en: string
          body_fr: string
          note_en: string
          note_fr: string
          report_id: string
          title_en: string
          title_fr: string
          version: number
        }
        Returns: number
      }
      count_vote: { Args: { key: string; vote_id: string }; Returns: undefined }
      coverage: { Args: { slug: string }; Returns: Json }
      coverage_shown: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.coverage_shown with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      create_forum: {
        Args: {
          city: string
          ends_on: string
          format: Database["public"]["Enums"]["format"]
          kind: Database["public"]["Enums"]["forum_kind"]
          name_en: string
          name_fr: string
          slug: string
          starts_on: string
          time_zone: string
        }
        Returns: string
      }
      decide_bursary: {
        Args: {
          bursary_id: string
          decision: Database["public"]["Enums"]["bursary_decision"]
          granted: number
          reason: string
          version: number
        }
        Returns: undefined
      }
      decline_apart: { Args: { request_id: string }; Returns: undefined }
      decline_request: {
        Args: { reason: string; request_id: string; version: number }
        Returns: undefined
      }
      delete_again: { Args: { hashes: string[] }; Returns: number }
      delete_apart: { Args: { request_id: string }; Returns: undefined }
      delete_ballot: { Args: { vote_id: string }; Returns: undefined }
      delete_bursary: { Args: { forum_id: string }; Returns: undefined }
      delete_calendar_address: {
        Args: Record<PropertyKey, never>
        Returns: undefined
      }
      delete_fee_category: { Args: { category_id: string }; Returns: undefined }
      delete_feedback_question: {
        Args: { feedback_question_id: string }
        Returns: undefined
      }
      delete_forum: { Args: { forum_id: string }; Returns: undefined }
      delete_material: { Args: { material_id: string }; Returns: undefined }
      delete_my_account: {
        Args: Record<PropertyKey, never>
        Returns: undefined
      }
      delete_note: { Args: { session_id: string }; Returns: undefined }
      delete_old_answers: { Args: Record<PropertyKey, never>; Returns: number }
      delete_old_data: { Args: Record<PropertyKey, never>; Returns: Json }
      delete_old_events: { Args: Record<PropertyKey, never>; Returns: number }
      delete_old_jobs: { Args: Record<PropertyKey, never>; Returns: number }
      delete_old_registrations: {
        Args: Record<PropertyKey, never>
        Returns: number
      }
      delete_outreach: { Args: { outreach_id: string }; Returns: undefined }
      delete_post: { Args: { post_id: string }; Returns: undefined }
      delete_priority: { Args: { priority_id: string }; Returns: undefined }
      delete_question: { Args: { question_id: string }; Returns: undefined }
      delete_request: { Args: { request_id: string }; Returns: undefined }
      delete_session: { Args: { session_id: string }; Returns: undefined }
      delete_theme: { Args: { theme_id: string }; Returns: undefined }
      draft_report: {
        Args: {
          body_en: string
          body_fr: string
          forum_id: string
          title_en: string
          title_fr: string
        }
        Returns: string
      }
      edit_post: {
        Args: { body: string; post_id: string; version: number }
        Returns: undefined
      }
      edit_registration: {
        Args: {
          answers?: Json
          badge_name: string
          forum_id: string
          language: Database["public"]["Enums"]["language"]
          name: string
          organization_name: string
          province: Database["public"]["Enums"]["province"]
        }
        Returns: undefined
      }
      end_hand_over: { Args: { forum_id: string }; Returns: undefined }
      end_membership: { Args: { membership_id: string }; Returns: undefined }
      end_note_taker: {
        Args: { person_id: string; session_id: string }
        Returns: undefined
      }
      end_organizer: { Args: { person_id: string }; Returns: undefined }
      end_role: { Args: { role_id: string }; Returns: undefined }
      export_answers: { Args: { slug: string }; Returns: Json }
      export_coverage: { Args: { slug: string }; Returns: Json }
      export_my_data: { Args: Record<PropertyKey, never>; Returns: Json }
      export_needs: { Args: { slug: string }; Returns: Json }
      export_roster: { Args: { slug: string }; Returns: Json }
      fee: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.fee with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      fee_choices: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.fee_choices with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      fee_of: { Args: { registration_id: string }; Returns: Json }
      feedback_change: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.feedback_change with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      feedback_of: { Args: { slug: string }; Returns: Json }
      fees_for_organizers: {
        Args: { after?: string; slug: string; state?: string }
        Returns: Json
      }
      files_without_material: {
        Args: { file_ids: string[] }
        Returns: string[]
      }
      find_apart: { Args: { name: string; request_id: string }; Returns: Json }
      forum_figures: { Args: { forum_id: string }; Returns: Json }
      forum_roles_of: { Args: { person_id: string }; Returns: Json }
      give_feedback: {
        Args: { answers: Json; forum_id: string }
        Returns: undefined
      }
      hand_over: {
        Args: { email: string; forum_id: string }
        Returns: undefined
      }
      handed_to: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.handed_to with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      has_materials: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.has_materials with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      hide_fee_category: {
        Args: { category_id: string; hidden: boolean }
        Returns: undefined
      }
      hide_question: {
        Args: { hidden: boolean; question_id: string }
        Returns: undefined
      }
      home_page: { Args: Record<PropertyKey, never>; Returns: Json }
      invitation: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.invitation with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      invite: {
        Args: {
          days: number
          emails: string[]
          forum_id: string
          holds_spot: boolean
          language: Database["public"]["Enums"]["language"]
          mode: Database["public"]["Enums"]["mode"]
        }
        Returns: number
      }
      join_session_waitlist: {
        Args: { session_id: string }
        Returns: undefined
      }
      joining_page: { Args: Record<PropertyKey, never>; Returns: Json }
      last_change: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.last_change with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      last_changes: {
        Args: { forum_ids: string[] }
        Returns: {
          change: string
          forum_id: string
        }[]
      }
      leave_session_waitlist: {
        Args: { session_id: string }
        Returns: undefined
      }
      mailbox: {
        Args: { trial?: boolean }
        Returns: {
          discreet: boolean
          email_id: number
          facts: Json
          kind: string
          language: Database["public"]["Enums"]["language"]
          recipient: string
          written_at: string
        }[]
      }
      mailings_of: { Args: { forum_id: string }; Returns: Json }
      make_calendar_address: {
        Args: { titles: Database["public"]["Enums"]["calendar_titles"] }
        Returns: string
      }
      make_vouched_spots: {
        Args: {
          accounts: string[]
          batch_id: string
          code_hashes: string[]
          forum_id: string
          honorarium: boolean
          language: Database["public"]["Enums"]["language"]
          mode: Database["public"]["Enums"]["mode"]
          organization_id: string
          over_capacity: boolean
          province: Database["public"]["Enums"]["province"]
          reason: string
          sector: string
          support_person: boolean
        }
        Returns: number[]
      }
      mark_bursary: {
        Args: { bursary_id: string; paid_on: string }
        Returns: undefined
      }
      mark_fees: {
        Args: {
          forum_id: string
          paid_on: string
          reason: string
          registration_ids: string[]
          status: Database["public"]["Enums"]["fee_status"]
        }
        Returns: number
      }
      mark_read: {
        Args: { number: number; thread_id: string }
        Returns: undefined
      }
      match_names: {
        Args: { forum_id: string; names: string[] }
        Returns: Json
      }
      material_file: { Args: { material_id: string }; Returns: Json }
      materials_for_organizers: { Args: { slug: string }; Returns: Json }
      materials_page: { Args: { slug: string }; Returns: Json }
      move_fee_category: {
        Args: { category_id: string; up: boolean }
        Returns: undefined
      }
      move_in_line: {
        Args: { place: number; reason: string; registration_id: string }
        Returns: undefined
      }
      move_question: {
        Args: { question_id: string; up: boolean }
        Returns: undefined
      }
      my_apart: { Args: { slug: string }; Returns: Json }
      my_ballot: {
        Args: { key: string; vote_id: string }
        Returns: {
          has_voted: boolean
          may_vote: boolean
          picks: string[]
          seed: string
          stars: string[]
        }[]
      }
      my_bursary: { Args: { slug: string }; Returns: Json }
      my_calendar: { Args: Record<PropertyKey, never>; Returns: Json }
      my_check_in: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.my_check_in with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      my_feedback: { Args: { slug: string }; Returns: Json }
      my_mailings: { Args: { slug: string }; Returns: Json }
      my_needs: { Args: { forum_id: string }; Returns: Json }
      my_notes: { Args: { slug: string }; Returns: Json }
      my_visibility: { Args: { slug: string }; Returns: Json }
      my_vouched_spot: { Args: Record<PropertyKey, never>; Returns: Json }
      name_first_organizer: { Args: { address: string }; Returns: string }
      name_note_taker: {
        Args: { address: string; forum_id: string; session_id: string }
        Returns: undefined
      }
      name_organizer: { Args: { person_id: string }; Returns: undefined }
      name_role: {
        Args: {
          ends_on: string
          forum_id: string
          person_id: string
          role: Database["public"]["Enums"]["forum_role"]
        }
        Returns: undefined
      }
      needs_overview: { Args: { slug: string }; Returns: Json }
      note_conflicts: {
        Args: { parts: Json; session_id: string }
        Returns: Json
      }
      note_page: { Args: { session_id: string; slug: string }; Returns: Json }
      note_versions: { Args: { session_id: string }; Returns: Json }
      notes_for_organizers: { Args: { slug: string }; Returns: Json }
      offer: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.offer with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      offer_due_session_spots: {
        Args: Record<PropertyKey, never>
        Returns: number
      }
      offer_due_spots: { Args: Record<PropertyKey, never>; Returns: number }
      offer_help: {
        Args: {
          forum_id: string
          help: Database["public"]["Enums"]["help"][]
          note: string
          request_id: string
        }
        Returns: undefined
      }
      open_vote: {
        Args: {
          closes_at: string
          forum_id: string
          key: string
          quorum: number
          sectors: string[]
          title_en: string
          title_fr: string
          vote_id: string
        }
        Returns: string
      }
      organize: { Args: Record<PropertyKey, never>; Returns: Json }
      participant_list: { Args: { forum_id: string }; Returns: boolean }
      participants: { Args: { after?: string; slug: string }; Returns: Json }
      people_list: {
        Args: { after: string; search: string; status: string }
        Returns: Json
      }
      person_for_organizers: { Args: { person_id: string }; Returns: Json }
      post_reply: {
        Args: {
          body: string
          client_key: string
          language: Database["public"]["Enums"]["language"]
          thread_id: string
        }
        Returns: number
      }
      program_preview: { Args: { forum_id: string }; Returns: Json }
      publish_forum: { Args: { forum_id: string }; Returns: undefined }
      publish_report: {
        Args: { one_language: boolean; report_id: string; version: number }
        Returns: undefined
      }
      queue_job: {
        Args: {
          expires_at?: string
          kind: string
          once_key?: string
          payload?: Json
          run_at?: string
        }
        Returns: number
      }
      read_apart: { Args: { slug: string }; Returns: Json }
      read_bursary: { Args: { bursary_id: string }; Returns: Json }
      read_needs: { Args: { after: string; slug: string }; Returns: Json }
      redact_note: {
        Args: { passage: string; session_id: string }
        Returns: undefined
      }
      refusal_reason: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.refusal_reason with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      refuse_registrations: {
        Args: { forum_id: string; reason: string; registration_ids: string[] }
        Returns: number
      }
      register: {
        Args: {
          answers?: Json
          badge_name?: string
          discreet: boolean
          forum_id: string
          language: Database["public"]["Enums"]["language"]
          mode: Database["public"]["Enums"]["mode"]
          name: string
          organization_name: string
          province: Database["public"]["Enums"]["province"]
          sector: string
        }
        Returns: {
          outcome: string
          waitlist_position: number
        }[]
      }
      registration_draft: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.registration_draft with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      registration_settings: { Args: { forum_id: string }; Returns: Json }
      registration_story: { Args: { registration_id: string }; Returns: Json }
      release_program: {
        Args: {
          forum_id: string
          note_en: string
          note_fr: string
          seen: string
        }
        Returns: number
      }
      release_reserve: { Args: { reserve_id: string }; Returns: undefined }
      remind_people: { Args: Record<PropertyKey, never>; Returns: number }
      renew_vouched_code: {
        Args: { code_hash: string; spot_id: string }
        Returns: number
      }
      reopen_forum: { Args: { forum_id: string }; Returns: undefined }
      report_facts: { Args: { forum_id: string }; Returns: Json }
      request_bursary: {
        Args: {
          care: number
          fee: number
          forum_id: string
          lodging: number
          lost_pay: number
          meals: number
          organization_pays: boolean
          other: number
          travel: number
          words: string
        }
        Returns: undefined
      }
      requests_for_organizers: {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      reserves: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.reserves with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      restore_person: { Args: { person_id: string }; Returns: undefined }
      review_note: {
        Args: { reviewed: boolean; session_id: string; version: number }
        Returns: undefined
      }
      revoke_invitation: { Args: { invitation_id: string }; Returns: undefined }
      revoke_vouched_spot: { Args: { spot_id: string }; Returns: undefined }
      reword_pair: {
        Args: {
          finding: string
          point_id: string
          recommendation: string
          session_id: string
        }
        Returns: undefined
      }
      reword_priority: {
        Args: { priority_id: string; title_en: string; title_fr: string }
        Returns: undefined
      }
      roster: {
        Args: {
          after?: string
          forum_id: string
          mode?: Database["public"]["Enums"]["mode"]
          province?: Database["public"]["Enums"]["province"]
          search?: string
          sector?: string
          status?: string
        }
        Returns: Json
      }
      save_bursary_rules: {
        Args: { budget: number; forum_id: string; requests_until: string }
        Returns: undefined
      }
      save_fee_category: {
        Args: {
          about_en: string
          about_fr: string
          amount: number
          category_id: string
          forum_id: string
          name_en: string
          name_fr: string
          version: number
        }
        Returns: string
      }
      save_fee_note: {
        Args: {
          forum_id: string
          note_en: string
          note_fr: string
          version: number
        }
        Returns: undefined
      }
      save_feedback_change: {
        Args: {
          forum_id: string
          text_en: string
          text_fr: string
          version: number
        }
        Returns: undefined
      }
      save_feedback_question: {
        Args: {
          feedback_question_id: string
          forum_id: string
          kind: Database["public"]["Enums"]["feedback_kind"]
          options_en: string[]
          options_fr: string[]
          text_en: string
          text_fr: string
          version: number
        }
        Returns: string
      }
      save_forum: {
        Args: {
          capacity_in_person: number
          capacity_online: number
          city: string
          ends_on: string
          format: Database["public"]["Enums"]["format"]
          forum_id: string
          kind: Database["public"]["Enums"]["forum_kind"]
          name_en: string
          name_fr: string
          objectives_en: string[]
          objectives_fr: string[]
          place_en: string
          place_fr: string
          registration_closes_at: string
          registration_opens_at: string
          starts_on: string
          time_zone: string
          version: number
        }
        Returns: number
      }
      save_forum_facts: {
        Args: {
          beside_en: string
          beside_fr: string
          beside_url: string
          forum_id: string
          funders_en: string[]
          funders_fr: string[]
          papers_en: string[]
          papers_fr: string[]
          territory_confirmed: boolean
          territory_en: string
          territory_fr: string
          version: number
        }
        Returns: number
      }
      save_material: {
        Args: {
          audience: Database["public"]["Enums"]["material_audience"]
          language: Database["public"]["Enums"]["session_language"]
          material_id: string
          session_id: string
          title_en: string
          title_fr: string
          url: string
          version: number
        }
        Returns: undefined
      }
      save_needs: {
        Args: {
          forum_id: string
          kinds: Database["public"]["Enums"]["need"][]
          other_language: string
          phone: string
          words: string
        }
        Returns: undefined
      }
      save_note: {
        Args: {
          language: Database["public"]["Enums"]["language"]
          parts: Json
          session_id: string
        }
        Returns: Json
      }
      save_note_prompts: {
        Args: {
          forum_id: string
          prompts_en: string[]
          prompts_fr: string[]
          version: number
        }
        Returns: number
      }
      save_outreach: {
        Args: {
          ask_by: string
          asker: string
          contact: string
          forum_id: string
          outcome: string
          outreach_id: string
          province: Database["public"]["Enums"]["province"]
          sector: string
          version: number
        }
        Returns: string
      }
      save_past_forum: {
        Args: {
          city: string
          date_precision: Database["public"]["Enums"]["date_precision"]
          ends_on: string
          format: Database["public"]["Enums"]["format"]
          forum_id: string
          kind: Database["public"]["Enums"]["forum_kind"]
          name_en: string
          name_fr: string
          objectives_en: string[]
          objectives_fr: string[]
          participants: number
          participants_qualifier: Database["public"]["Enums"]["qualifier"]
          place_en: string
          place_fr: string
          provinces: Database["public"]["Enums"]["province"][]
          sectors: string[]
          starts_on: string
          version: number
        }
        Returns: string
      }
      save_profile: {
        Args: {
          discreet: boolean
          language: Database["public"]["Enums"]["language"]
          name: string
          organization_name: string
          province: Database["public"]["Enums"]["province"]
          sector: string
        }
        Returns: undefined
      }
      save_provided: {
        Args: {
          forum_id: string
          provided_en: string
          provided_fr: string
          version: number
        }
        Returns: number
      }
      save_question: {
        Args: {
          forum_id: string
          help_en: string
          help_fr: string
          kind: Database["public"]["Enums"]["question_kind"]
          options_en: string[]
          options_fr: string[]
          question_id: string
          required: boolean
          text_en: string
          text_fr: string
          version: number
        }
        Returns: string
      }
      save_registration_draft: {
        Args: { forum_id: string; typed: Json }
        Returns: undefined
      }
      save_registration_rules: {
        Args: {
          approval: Database["public"]["Enums"]["approval"]
          forum_id: string
          offer_hours: number
        }
        Returns: undefined
      }
      save_report: {
        Args: {
          body_en: string
          body_fr: string
          report_id: string
          title_en: string
          title_fr: string
          version: number
        }
        Returns: number
      }
      save_sector: {
        Args: {
          after: string
          name_en: string
          name_fr: string
          sector: string
          version: number
        }
        Returns: undefined
      }
      save_session: {
        Args: {
          capacity: number
          closed_to_government: boolean
          ends_at: string
          format: Database["public"]["Enums"]["format"]
          forum_id: string
          interpretation: Database["public"]["Enums"]["interpretation"]
          kind: Database["public"]["Enums"]["session_kind"]
          language: Database["public"]["Enums"]["session_language"]
          room_en: string
          room_fr: string
          session_id: string
          sign_up: boolean
          starts_at: string
          summary_en: string
          summary_fr: string
          title_en: string
          title_fr: string
          version: number
        }
        Returns: string
      }
      save_visibility: {
        Args: {
          audience: Database["public"]["Enums"]["audience"]
          except_government?: boolean
          except_sectors?: string[]
          forum_id: string
          shows_organization?: boolean
          shows_sector?: boolean
        }
        Returns: undefined
      }
      sectors_for_organizers: {
        Args: Record<PropertyKey, never>
        Returns: Json
      }
      send_mailing: {
        Args: {
          forum_id: string
          mailing_id: string
          statuses: Database["public"]["Enums"]["registration_status"][]
          subject_en: string
          subject_fr: string
          text_en: string
          text_fr: string
        }
        Returns: number
      }
      set_calendar_titles: {
        Args: { titles: Database["public"]["Enums"]["calendar_titles"] }
        Returns: undefined
      }
      set_edits_until: {
        Args: { day: string; forum_id: string }
        Returns: undefined
      }
      set_forum_archived: {
        Args: { archived: boolean; forum_id: string }
        Returns: undefined
      }
      set_participant_list: {
        Args: { forum_id: string; shown: boolean }
        Returns: undefined
      }
      set_registration_closed: {
        Args: { closed: boolean; forum_id: string }
        Returns: undefined
      }
      set_sector: {
        Args: { person_id: string; sector: string }
        Returns: undefined
      }
      set_sector_counts: {
        Args: { counts_as_government: boolean; sector: string }
        Returns: undefined
      }
      set_sector_retired: {
        Args: { retired: boolean; sector: string }
        Returns: undefined
      }
      set_theme: {
        Args: { part_id: string; theme_id: string }
        Returns: undefined
      }
      set_thread_closed: {
        Args: { closed: boolean; thread_id: string }
        Returns: undefined
      }
      settle_job: {
        Args: {
          attempt: number
          failure?: string
          job_id: number
          permanent?: boolean
        }
        Returns: boolean
      }
      show_coverage: {
        Args: { forum_id: string; shown: boolean }
        Returns: undefined
      }
      sign_up: { Args: { session_id: string }; Returns: undefined }
      spots_in_person: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.spots_in_person with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      spots_left: {
        Args: { "": Database["public"]["Tables"]["sessions"]["Row"] }
        Returns: {
          error: true
        } & "the function public.spots_left with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      spots_online: {
        Args: { "": Database["public"]["Tables"]["forums"]["Row"] }
        Returns: {
          error: true
        } & "the function public.spots_online with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      start_thread: {
        Args: {
          body: string
          client_key: string
          closed_to_government: boolean
          committees: string[]
          language: Database["public"]["Enums"]["language"]
          title: string
        }
        Returns: string
      }
      submit_note: {
        Args: { ready: boolean; session_id: string }
        Returns: undefined
      }
      suspend_person: {
        Args: { person_id: string; reason: string }
        Returns: undefined
      }
      swap_signup: { Args: { session_id: string }; Returns: undefined }
      swap_vouched_code: {
        Args: {
          account?: string
          code_hash: string
          language: Database["public"]["Enums"]["language"]
          new_hash: string
          word_hash: string
        }
        Returns: string
      }
      take_attempt: {
        Args: { allowed: number; bucket: string; key: string; seconds: number }
        Returns: number
      }
      take_figures: { Args: { forum_id: string }; Returns: undefined }
      take_sign_in_token: {
        Args: { address: string }
        Returns: {
          token_hash: string
          type: string
        }[]
      }
      theme_to_list: {
        Args: {
          area_id: string
          theme_id: string
          title_en: string
          title_fr: string
        }
        Returns: string
      }
      themes_for_organizers: { Args: { slug: string }; Returns: Json }
      thread_page: { Args: { page: number; thread_id: string }; Returns: Json }
      try_vouched_word: { Args: { code_hash: string }; Returns: string }
      turnout: {
        Args: { "": Database["public"]["Tables"]["votes"]["Row"] }
        Returns: {
          error: true
        } & "the function public.turnout with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      undo_check_in: { Args: { scan_id: string }; Returns: string }
      unpublish_forum: { Args: { forum_id: string }; Returns: undefined }
      unpublish_report: {
        Args: { report_id: string; version: number }
        Returns: undefined
      }
      unread: {
        Args: { "": Database["public"]["Tables"]["threads"]["Row"] }
        Returns: {
          error: true
        } & "the function public.unread with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      unread_page: {
        Args: { before?: string; before_thread?: string }
        Returns: Json
      }
      visibility: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.visibility with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      voters_by_sector: {
        Args: { forum_id: string }
        Returns: {
          people: number
          sector: string
          to_approve: number
        }[]
      }
      vouched_code: { Args: { code_hash: string }; Returns: Json }
      vouched_spots: { Args: { slug: string }; Returns: Json }
      waiting: {
        Args: { "": Database["public"]["Tables"]["sessions"]["Row"] }
        Returns: {
          error: true
        } & "the function public.waiting with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      waitlist_position: {
        Args: { "": Database["public"]["Tables"]["registrations"]["Row"] }
        Returns: {
          error: true
        } & "the function public.waitlist_position with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
      }
      who: { Args: Record<PropertyKey, never>; Returns: Json }
    }
    Enums: {
      affiliation: "member" | "non_member" | "observer"
      apart_about: "person" | "organization" | "sector"
      approval: "none" | "new" | "all"
      audience: "nobody" | "participants" | "participants_except"
      availability: "open" | "few" | "full"
      ballot_mode: "confidential"
      bursary_decision: "full" | "part" | "refused"
      calendar_titles: "neutral" | "names"
      check_in_outcome: "in" | "already" | "no"
      check_in_reason:
        | "unknown_code"
        | "other_forum"
        | "cancelled"
        | "waitlisted"
        | "pending"
        | "refused"
      confirmation_choice: "yes" | "reword" | "no"
      date_precision: "day" | "month" | "year"
      duty: "member" | "regional_representative" | "chair"
      fee_status: "due" | "paid" | "waived"
      feedback_kind: "scale" | "choice" | "text"
      format: "in_person" | "online" | "hybrid"
      forum_kind:
        | "national"
        | "regional"
        | "consultation"
        | "workshop"
        | "webinar"
      forum_role: "needs_reader" | "check_in" | "notes"
      help:
        | "program"
        | "interpretation"
        | "notes"
        | "welcome"
        | "outreach"
        | "other"
      interpretation: "simultaneous" | "on_request"
      language: "en" | "fr"
      material_audience: "public" | "participants" | "members"
      material_type:
        | "pdf"
        | "docx"
        | "pptx"
        | "xlsx"
        | "odt"
        | "odp"
        | "ods"
        | "jpg"
        | "png"
      mode: "in_person" | "online"
      need:
        | "step_free"
        | "captions"
        | "large_print"
        | "quiet_room"
        | "vegetarian"
        | "vegan"
        | "halal"
        | "kosher"
        | "gluten_free"
        | "lactose_free"
        | "allergy"
        | "asl"
        | "lsq"
        | "other_language"
        | "childcare"
        | "travel_safety"
        | "call"
      note_status: "writing" | "ready" | "reviewed"
      priority_kind: "priority" | "proposal" | "need" | "discussion"
      progress: "open" | "under_way" | "delivered"
      province:
        | "AB"
        | "BC"
        | "MB"
        | "NB"
        | "NL"
        | "NS"
        | "NT"
        | "NU"
        | "ON"
        | "PE"
        | "QC"
        | "SK"
        | "YT"
      qualifier: "about" | "over"
      question_kind:
        | "text"
        | "choice"
        | "several"
        | "yes_no"
        | "consent"
        | "code_of_conduct"
      registration_status:
        | "pending"
        | "confirmed"
        | "waitlisted"
        | "refused"
        | "cancelled"
      relation: "carried" | "extended" | "reframed" | "partial" | "dropped"
      report_kind: "highlights"
      role: "organizer"
      session_kind:
        | "orientation"
        | "plenary"
        | "panel"
        | "roundtable"
        | "exchange"
        | "breakout"
        | "workshop"
        | "session"
      session_language: "en" | "fr" | "bilingual"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {
      affiliation: ["member", "non_member", "observer"],
      apart_about: ["person", "organization", "sector"],
      approval: ["none", "new", "all"],
      audience: ["nobody", "participants", "participants_except"],
      availability: ["open", "few", "full"],
      ballot_mode: ["confidential"],
      bursary_decision: ["full", "part", "refused"],
      calendar_titles: ["neutral", "names"],
      check_in_outcome: ["in", "already", "no"],
      check_in_reason: [
        "unknown_code",
        "other_forum",
        "cancelled",
        "waitlisted",
        "pending",
        "refused",
      ],
      confirmation_choice: ["yes", "reword", "no"],
      date_precision: ["day", "month", "year"],
      duty: ["member", "regional_representative", "chair"],
      fee_status: ["due", "paid", "waived"],
      feedback_kind: ["scale", "choice", "text"],
      format: ["in_person", "online", "hybrid"],
      forum_kind: [
        "national",
        "regional",
        "consultation",
        "workshop",
        "webinar",
      ],
      forum_role: ["needs_reader", "check_in", "notes"],
      help: [
        "program",
        "interpretation",
        "notes",
        "welcome",
        "outreach",
        "other",
      ],
      interpretation: ["simultaneous", "on_request"],
      language: ["en", "fr"],
      material_audience: ["public", "participants", "members"],
      material_type: [
        "pdf",
        "docx",
        "pptx",
        "xlsx",
        "odt",
        "odp",
        "ods",
        "jpg",
        "png",
      ],
      mode: ["in_person", "online"],
      need: [
        "step_free",
        "captions",
        "large_print",
        "quiet_room",
        "vegetarian",
        "vegan",
        "halal",
        "kosher",
        "gluten_free",
        "lactose_free",
        "allergy",
        "asl",
        "lsq",
        "other_language",
        "childcare",
        "travel_safety",
        "call",
      ],
      note_status: ["writing", "ready", "reviewed"],
      priority_kind: ["priority", "proposal", "need", "discussion"],
      progress: ["open", "under_way", "delivered"],
      province: [
        "AB",
        "BC",
        "MB",
        "NB",
        "NL",
        "NS",
        "NT",
        "NU",
        "ON",
        "PE",
        "QC",
        "SK",
        "YT",
      ],
      qualifier: ["about", "over"],
      question_kind: [
        "text",
        "choice",
        "several",
        "yes_no",
        "consent",
        "code_of_conduct",
      ],
      registration_status: [
        "pending",
        "confirmed",
        "waitlisted",
        "refused",
        "cancelled",
      ],
      relation: ["carried", "extended", "reframed", "partial", "dropped"],
      report_kind: ["highlights"],
      role: ["organizer"],
      session_kind: [
        "orientation",
        "plenary",
        "panel",
        "roundtable",
        "exchange",
        "breakout",
        "workshop",
        "session",
      ],
      session_language: ["en", "fr", "bilingual"],
    },
  },
} as const
