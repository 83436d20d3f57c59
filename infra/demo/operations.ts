/** The operations of the demo, as a client would send them. */
export const operations = {
  company: /* GraphQL */ `
    query DemoCompany {
      company {
        id
      }
    }
  `,
  registerCompany: /* GraphQL */ `
    mutation DemoRegisterCompany($input: RegisterCompanyInput!) {
      registerCompany(input: $input) {
        company {
          id
        }
      }
    }
  `,
  community: /* GraphQL */ `
    query DemoCommunity($number: String!) {
      communities(first: 1, filter: { number: $number }) {
        nodes {
          id
          createdAt
        }
      }
    }
  `,
  registerCommunity: /* GraphQL */ `
    mutation DemoRegisterCommunity($input: RegisterCommunityInput!) {
      registerCommunity(input: $input) {
        community {
          id
          createdAt
        }
      }
    }
  `,
  registerPlaces: /* GraphQL */ `
    mutation DemoRegisterPlaces($input: RegisterPlacesInput!) {
      registerPlaces(input: $input) {
        results {
          isNew
          refusal {
            reason
            message
          }
        }
      }
    }
  `,
  organisations: /* GraphQL */ `
    query DemoOrganisations($communityId: ID!) {
      organisations(first: 100, filter: { communityId: $communityId }) {
        nodes {
          id
        }
      }
    }
  `,
  registerOrganisation: /* GraphQL */ `
    mutation DemoRegisterOrganisation($input: RegisterOrganisationInput!) {
      registerOrganisation(input: $input) {
        organisation {
          id
        }
      }
    }
  `,
  registerHouseholds: /* GraphQL */ `
    mutation DemoRegisterHouseholds($input: RegisterHouseholdsInput!) {
      registerHouseholds(input: $input) {
        results {
          isNew
          refusal {
            reason
            message
          }
        }
      }
    }
  `,
  departments: /* GraphQL */ `
    query DemoDepartments {
      departments(first: 100) {
        nodes {
          number
        }
      }
    }
  `,
  registerDepartment: /* GraphQL */ `
    mutation DemoRegisterDepartment($input: RegisterDepartmentInput!) {
      registerDepartment(input: $input) {
        department {
          id
        }
      }
    }
  `,
  registerStaff: /* GraphQL */ `
    mutation DemoRegisterStaff($input: RegisterStaffInput!) {
      registerStaff(input: $input) {
        results {
          isNew
          staffMember {
            isOnDuty
          }
          refusal {
            reason
            message
          }
        }
      }
    }
  `,
  startStaffDuty: /* GraphQL */ `
    mutation DemoStartDuty($input: StartStaffDutyInput!) {
      startStaffDuty(input: $input) {
        staffMember {
          id
        }
      }
    }
  `,
  workOrderCount: /* GraphQL */ `
    query DemoWorkOrderCount($communityId: ID!) {
      workOrders(first: 1, filter: { communityId: $communityId }) {
        totalCount
      }
    }
  `,
  complaintCount: /* GraphQL */ `
    query DemoComplaintCount($communityId: ID!) {
      complaints(first: 1, filter: { communityId: $communityId }) {
        totalCount
      }
    }
  `,
  createProcedureUpload: /* GraphQL */ `
    mutation DemoProcedureUpload($input: CreateProcedureUploadInput!) {
      createProcedureUpload(input: $input) {
        upload {
          fileId
          uploadUrl
        }
      }
    }
  `,
  setWorkOrderPolicy: /* GraphQL */ `
    mutation DemoSetPolicy($input: SetWorkOrderPolicyInput!) {
      setWorkOrderPolicy(input: $input) {
        figures {
          key
        }
      }
    }
  `,
  paidServices: /* GraphQL */ `
    query DemoPaidServices($communityId: ID!) {
      paidServices(first: 100, filter: { communityId: $communityId }) {
        nodes {
          number
        }
      }
    }
  `,
  publishPaidService: /* GraphQL */ `
    mutation DemoPublishPaidService($input: PublishPaidServiceInput!) {
      publishPaidService(input: $input) {
        paidService {
          id
        }
      }
    }
  `,
  createUpload: /* GraphQL */ `
    mutation DemoUpload($input: CreateWorkOrderUploadInput!) {
      createWorkOrderUpload(input: $input) {
        upload {
          fileId
          uploadUrl
        }
      }
    }
  `,
} as const;

/** Steps of a work order; each answers the order. */
export const workOrderSteps = [
  'registerWorkOrder',
  'assignWorkOrder',
  'quoteWorkOrder',
  'agreeWorkOrderQuote',
  'arriveOnSite',
  'pauseWorkOrder',
  'completeWorkOrder',
  'recordWorkOrderWaterTest',
  'recordWorkOrderReturnVisit',
  'acceptWorkOrder',
  'cancelWorkOrder',
] as const;

export type WorkOrderStep = (typeof workOrderSteps)[number];

/** A mutation of one work order; all of them have the same shape. */
export const workOrderStep = (step: WorkOrderStep): string => {
  const inputType = `${step.charAt(0).toUpperCase()}${step.slice(1)}Input`;
  return `mutation Demo_${step}($input: ${inputType}!) { ${step}(input: $input) { workOrder { id status isPaid quotes { id } } } }`;
};
